/* Beside nanoCLR_Interop.h; generated code uses nothing of it. */
