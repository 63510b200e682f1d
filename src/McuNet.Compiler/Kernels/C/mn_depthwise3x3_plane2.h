/* mn_depthwise_square.h: stride 2. */
#define MN_DEPTHWISE3X3_PLANE2

MN_PLANE_KERNEL(mn_depthwise3x3_plane2, 2, MN_PLANE_BLOCK2, MN_PLANE_LINES2, MN_PLANE_WEIGHTS2)
