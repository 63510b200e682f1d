/* mn_depthwise_wide.h: seven columns, stride 2. */
#define MN_DEPTHWISE_PLANE7BY2

MN_DWK_KERNEL(mn_depthwise_plane7by2, MN_DWK_Q2 MN_DWK_Q4 MN_DWK_STEP("4", "s9") MN_DWK_Q2 MN_DWK_Q3 MN_DWK_STEP("3", "s8"),
              MN_DWK_P2 MN_DWK_P4 MN_DWK_STEP("4", "s9") MN_DWK_P2 MN_DWK_P3 MN_DWK_STEP("3", "s8"))
