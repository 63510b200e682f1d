/* Output and exit by way of a debugger or emulator. */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#define SEMIHOSTING_WRITE 0x04
#define SEMIHOSTING_EXIT_EXTENDED 0x20
#define SEMIHOSTING_APPLICATION_EXIT 0x20026

static inline void semihosting(int operation, const void *argument)
{
    register int r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static inline void semihosting_write(const char *text) { semihosting(SEMIHOSTING_WRITE, text); }

static inline void semihosting_exit(int code)
{
    const int block[2] = {SEMIHOSTING_APPLICATION_EXIT, code};
    semihosting(SEMIHOSTING_EXIT_EXTENDED, block);
}

#endif
