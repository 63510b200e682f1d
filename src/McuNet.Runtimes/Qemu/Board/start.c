/* Start-up, vectors, faults and stack of a Cortex-M. A debugger may begin at the entry point, so that nothing of a reset is taken for granted. */
#include <stdint.h>
#include "port.h"

extern uint32_t __stack_limit[], __stack_top[], __data_start[], __data_end[], __data_load[], __bss_start[], __bss_end[];
int main(void);

static const uint32_t UNTOUCHED = 0xA5C3A5C3u;

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

static const void *const vectors[16];

__attribute__((used, noreturn)) static void start(void)
{
#if !defined(__ARM_ARCH_6M__) || defined(MN_VTOR)
    *(volatile uint32_t *)0xE000ED08 = (uint32_t)vectors;
#endif
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
    port_finish(MN_FAULTED);
}

__attribute__((used, noreturn)) static void fault(const uint32_t *frame)
{
    if (frame < __stack_limit)
        port_finish(MN_STACK_OVERFLOWED);
    port_report("fault_lr", frame[5]);
    port_report("fault_pc", frame[6]);
    port_finish(MN_FAULTED);
}

__attribute__((naked)) void Fault_Handler(void)
{
    __asm volatile("mov r0, sp\n ldr r1, =__stack_top\n mov sp, r1\n ldr r1, =fault\n bx r1");
}

__attribute__((weak, alias("Fault_Handler"))) void SysTick_Handler(void);

__attribute__((naked)) void Reset_Handler(void)
{
    __asm volatile("ldr r0, =__stack_top\n mov sp, r0\n ldr r0, =start\n bx r0");
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    __stack_top, (void *)Reset_Handler, (void *)Fault_Handler, (void *)Fault_Handler, (void *)Fault_Handler, (void *)Fault_Handler,
    (void *)Fault_Handler, (void *)Fault_Handler, 0, 0, 0, (void *)Fault_Handler, (void *)Fault_Handler, 0, (void *)Fault_Handler,
    (void *)SysTick_Handler
};
