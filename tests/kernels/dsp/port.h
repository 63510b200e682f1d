#ifdef __arm__
#include "harness.h"
#define port_text sh_puts
static void port_number(uint32_t v) { sh_puts(" "); if ((int32_t)v < 0) { sh_puts("-"); v = 0u - v; } sh_u64(v); }
#else
#include <stdio.h>
#define port_text(s) fputs(s, stdout)
static void port_number(uint32_t v) { printf(" %d", (int)v); }
#endif
