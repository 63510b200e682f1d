/* Blocks of four taps that mn_dot2_s8 unrolls: with what a pair of pixels needs besides they fit 1 KB of instruction cache. */
#define MN_DOT2_BLOCKS 3
#define MN_DOT2_TAPS MN_DOT2_BLOCK MN_DOT2_BLOCK MN_DOT2_BLOCK
