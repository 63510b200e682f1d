/* mn_depthwise_square.h: stride 1. */
#define MN_DEPTHWISE3X3_PLANE1

MN_PLANE_KERNEL(mn_depthwise3x3_plane1, 1, MN_PLANE_BLOCK1, MN_PLANE_LINES1, MN_PLANE_WEIGHTS1)
