/* mn_depthwise_wide.h: five columns, stride 2. */
#define MN_DEPTHWISE_PLANE5BY2

MN_DWK_KERNEL(mn_depthwise_plane5by2, MN_DWK_Q2 MN_DWK_Q3 MN_DWK_STEP("3", "s9") MN_DWK_Q2 MN_DWK_STEP("2", "s8"),
              MN_DWK_P2 MN_DWK_P3 MN_DWK_STEP("3", "s9") MN_DWK_P2 MN_DWK_STEP("2", "s8"))
