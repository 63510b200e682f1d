/* Blocks of four taps that mn_dot2_s8 unrolls, where instructions do not wait, or a cache holds them all. */
#define MN_DOT2_BLOCKS 8
#define MN_DOT2_TAPS \
    MN_DOT2_BLOCK MN_DOT2_BLOCK MN_DOT2_BLOCK MN_DOT2_BLOCK MN_DOT2_BLOCK MN_DOT2_BLOCK MN_DOT2_BLOCK MN_DOT2_BLOCK
