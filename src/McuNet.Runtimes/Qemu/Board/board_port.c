/* Start-up and the runner's port for emulated Cortex-M boards: files and exit status go through semihosting. */
#include <stdint.h>
#include "port.h"

extern uint32_t __stack_limit[], __stack_top[], __data_start[], __data_end[], __data_load[], __bss_start[], __bss_end[];
int main(void);

enum { SYS_OPEN = 0x01, SYS_CLOSE = 0x02, SYS_WRITE = 0x05, SYS_READ = 0x06, SYS_SEEK = 0x0A, SYS_EXIT_EXTENDED = 0x20 };
enum { READ_BINARY = 1, WRITE_BINARY = 5, APPLICATION_EXIT = 0x20026 };

static const uint32_t UNTOUCHED = 0xA5C3A5C3u;
static uint32_t cases, outputs, report;

static uint32_t semihost(uint32_t operation, const void *arguments)
{
    register uint32_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = arguments;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static uint32_t length(const char *text)
{
    uint32_t n = 0;
    while (text[n])
        n++;
    return n;
}

static uint32_t open_file(const char *name, uint32_t mode)
{
    uint32_t arguments[3] = { (uint32_t)name, mode, length(name) };
    uint32_t file = semihost(SYS_OPEN, arguments);
    if (file == UINT32_MAX)
        port_finish(MN_INPUT_OUTPUT_FAILED);
    return file;
}

static void transfer(uint32_t operation, uint32_t file, const void *data, uint32_t bytes)
{
    uint32_t arguments[3] = { file, (uint32_t)data, bytes };
    if (bytes != 0 && semihost(operation, arguments) != 0)
        port_finish(MN_INPUT_OUTPUT_FAILED);
}

void port_start(void)
{
    cases = open_file("cases.bin", READ_BINARY);
    outputs = open_file("outputs.bin", WRITE_BINARY);
    report = open_file("report.txt", WRITE_BINARY);
}

void port_read(uint32_t offset, void *to, uint32_t bytes)
{
    uint32_t arguments[2] = { cases, offset };
    if (semihost(SYS_SEEK, arguments) != 0)
        port_finish(MN_INPUT_OUTPUT_FAILED);
    transfer(SYS_READ, cases, to, bytes);
}

void port_write(const void *from, uint32_t bytes) { transfer(SYS_WRITE, outputs, from, bytes); }

void port_report(const char *key, uint32_t value)
{
    char line[10] = " 00000000\n";
    for (unsigned i = 0; i < 8; i++) {
        uint32_t digit = value >> (28 - 4 * i) & 15;
        line[1 + i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
    transfer(SYS_WRITE, report, key, length(key));
    transfer(SYS_WRITE, report, line, sizeof line);
}

void port_finish(int status)
{
    const uint32_t files[3] = { cases, outputs, report };
    for (unsigned i = 0; i < 3; i++)
        if (files[i])
            semihost(SYS_CLOSE, &files[i]);
    uint32_t arguments[2] = { APPLICATION_EXIT, (uint32_t)status };
    semihost(SYS_EXIT_EXTENDED, arguments);
    for (;;) {
    }
}

__attribute__((naked)) void *port_stack_pointer(void) { __asm volatile("mov r0, sp\n bx lr"); }

void port_stack_paint(void *top)
{
    uint32_t *end = (uint32_t *)port_stack_pointer();
    (void)top;
    for (uint32_t *p = __stack_limit; p < end; p++)
        *p = UNTOUCHED;
}

uint32_t port_stack_used(void *top)
{
    uint32_t *p = __stack_limit;
    if (*p != UNTOUCHED)
        port_finish(MN_STACK_OVERFLOWED);
    while (p < (uint32_t *)top && *p == UNTOUCHED)
        p++;
    return (uint32_t)((char *)top - (char *)p);
}

__attribute__((noinline)) void mn_mark_begin(void) { __asm volatile("nop" ::: "memory"); }
__attribute__((noinline)) void mn_mark_end(void) { __asm volatile("nop" ::: "memory"); }

/* The counting plugin sees the address of each load in these two: its distance to the window is the operator. */
enum { PROFILE_WINDOW = 4096 };
const uint8_t mn_profile_window[PROFILE_WINDOW] = { 0 };

__attribute__((noinline)) void mn_profile_begin(unsigned op) { (void)((const volatile uint8_t *)mn_profile_window)[op]; }
__attribute__((noinline)) void mn_profile_end(unsigned op) { (void)((const volatile uint8_t *)mn_profile_window)[op]; }

static void start(void)
{
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
    *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20; /* CPACR: access to FPU and MVE */
#endif
#if defined(__ARM_FEATURE_MVE)
    *(volatile uint32_t *)0xE000ED14 |= 1u << 19; /* CCR.LOB: low-overhead loops */
#endif
    __asm volatile("dsb\n isb" ::: "memory");
    for (uint32_t *from = __data_load, *to = __data_start; to < __data_end;)
        *to++ = *from++;
    for (uint32_t *to = __bss_start; to < __bss_end;)
        *to++ = 0;
    main();
}

__attribute__((used, noreturn)) static void fault(const uint32_t *frame)
{
    if (frame < __stack_limit)
        port_finish(MN_STACK_OVERFLOWED);
    if (report) {
        port_report("fault_lr", frame[5]);
        port_report("fault_pc", frame[6]);
    }
    port_finish(MN_FAULTED);
}

__attribute__((naked)) void Fault_Handler(void)
{
    __asm volatile("mov r0, sp\n ldr r1, =__stack_top\n mov sp, r1\n ldr r1, =fault\n bx r1");
}

void Reset_Handler(void)
{
    start();
    port_finish(MN_FAULTED);
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    __stack_top, (void *)Reset_Handler, (void *)Fault_Handler, (void *)Fault_Handler, (void *)Fault_Handler, (void *)Fault_Handler,
    (void *)Fault_Handler, (void *)Fault_Handler, 0, 0, 0, (void *)Fault_Handler, (void *)Fault_Handler, 0, (void *)Fault_Handler,
    (void *)Fault_Handler
};
