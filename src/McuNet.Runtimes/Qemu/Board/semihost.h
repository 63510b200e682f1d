/* Calls to a debugger or emulator that holds the core. */
#ifndef MN_SEMIHOST_H
#define MN_SEMIHOST_H
#include <stdint.h>

static inline uint32_t semihost(uint32_t operation, const void *arguments)
{
    register uint32_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = arguments;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}
#endif
