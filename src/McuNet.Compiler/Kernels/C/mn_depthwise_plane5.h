/* mn_depthwise_wide.h: five columns, stride 1. */
#define MN_DEPTHWISE_PLANE5

MN_DWK_KERNEL(mn_depthwise_plane5, MN_DWK_Q2 MN_DWK_Q4 MN_DWK_Q5 MN_DWK_STEP("5", "s8"), MN_DWK_P2 MN_DWK_P4 MN_DWK_P5 MN_DWK_STEP("5", "s8"))
