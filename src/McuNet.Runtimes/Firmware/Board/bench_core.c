/* Cycle counter and caches of a Cortex-M.
 *
 * The cycle counter of the DWT is optional, absent in Armv6-M, and stands still in emulators. SysTick counts the same clock in 24 bits, and its
 * interrupt the rest, which costs some cycles every 16.8 million.
 */
#include "bench.h"
#include "bench_config.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define ICSR REGISTER(0xE000ED04)
#define DEMCR REGISTER(0xE000EDFC)
#define DWT_CTRL REGISTER(0xE0001000)
#define DWT_CYCCNT REGISTER(0xE0001004)
#define DWT_LAR REGISTER(0xE0001FB0)

enum { NOT_COUNTING, BY_DWT, BY_SYSTICK };
enum { SYSTICK_TOP = 0xFFFFFF };

static int counter;
static volatile uint32_t rounds;

void SysTick_Handler(void);
void SysTick_Handler(void) { rounds++; }

static int moves(volatile uint32_t *value)
{
    const uint32_t before = *value;
    for (uint32_t i = 0; i < 1000; i++)
        if (*value != before)
            return 1;
    return 0;
}

void counter_start(void)
{
#ifndef __ARM_ARCH_6M__
    DEMCR |= 1u << 24; /* TRCENA */
#if __ARM_ARCH == 7
    DWT_LAR = 0xC5ACCE55;
#endif
    DWT_CYCCNT = 0;
    DWT_CTRL |= 1;
    if (moves(&DWT_CYCCNT)) {
        counter = BY_DWT;
        return;
    }
#endif
    SYST_CSR = 0;
    SYST_RVR = SYSTICK_TOP;
    SYST_CVR = 0;
    SYST_CSR = 7; /* the core's clock, interrupt, on */
    __asm volatile("cpsie i" ::: "memory");
    counter = moves(&SYST_CVR) ? BY_SYSTICK : NOT_COUNTING;
}

const char *counter_name(void)
{
    return counter == BY_DWT ? "dwt" : counter == BY_SYSTICK ? "systick" : "none";
}

uint32_t counter_now(void)
{
    if (counter == BY_DWT)
        return DWT_CYCCNT;
    uint32_t round, left;
    do {
        round = rounds;
        left = SYST_CVR;
    } while (round != rounds || (ICSR & 1u << 26)); /* a round that ended and is not counted yet */
    return (round << 24) + (SYSTICK_TOP - left);
}

void counter_alone(int alone)
{
    if (counter != BY_DWT)
        return;
    if (alone)
        __asm volatile("cpsid i" ::: "memory");
    else
        __asm volatile("cpsie i" ::: "memory");
}

#if BENCH_CACHES
#define CCR REGISTER(0xE000ED14)
#define CCSIDR REGISTER(0xE000ED80)
#define CSSELR REGISTER(0xE000ED84)
#define ICIALLU REGISTER(0xE000EF50)
#define DCISW REGISTER(0xE000EF60)

enum { DATA_CACHE = 1 << 16, INSTRUCTION_CACHE = 1 << 17 };

static void barrier(void) { __asm volatile("dsb\n isb" ::: "memory"); }

/* Leaves on what is on: its contents must not be lost. */
void caches_start(void)
{
    barrier();
    if (!(CCR & INSTRUCTION_CACHE)) {
        ICIALLU = 0;
        barrier();
        CCR |= INSTRUCTION_CACHE;
    }
    if (!(CCR & DATA_CACHE)) {
        CSSELR = 0;
        barrier();
        const uint32_t size = CCSIDR, last_set = size >> 13 & 0x7FFF, last_way = size >> 3 & 0x3FF;
        for (uint32_t set = 0; set <= last_set; set++)
            for (uint32_t way = 0; way <= last_way; way++)
                DCISW = way << 30 | set << 5;
        barrier();
        CCR |= DATA_CACHE;
    }
    barrier();
}

const char *caches_state(void)
{
    const uint32_t on = CCR & (DATA_CACHE | INSTRUCTION_CACHE);
    return on == 0 ? "off" : on == DATA_CACHE ? "data" : on == INSTRUCTION_CACHE ? "instructions" : "instructions+data";
}
#else
void caches_start(void) {}
const char *caches_state(void) { return "none"; }
#endif
