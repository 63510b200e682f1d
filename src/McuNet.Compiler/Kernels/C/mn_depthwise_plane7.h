/* mn_depthwise_wide.h: seven columns, stride 1. */
#define MN_DEPTHWISE_PLANE7

MN_DWK_KERNEL(mn_depthwise_plane7, MN_DWK_Q2 MN_DWK_Q4 MN_DWK_Q6 MN_DWK_Q7 MN_DWK_STEP("7", "s8"),
              MN_DWK_P2 MN_DWK_P4 MN_DWK_P6 MN_DWK_P7 MN_DWK_STEP("7", "s8"))
