/* What the runner needs from the machine it runs on. Offsets and counts are bytes. */
#ifndef MN_PORT_H
#define MN_PORT_H
#include <stdint.h>

enum mn_status {
    MN_DONE = 0,
    MN_INPUT_OUTPUT_FAILED = 20,
    MN_GUARD_BROKEN = 21,
    MN_ROW_OUT_OF_RANGE = 22,
    MN_STACK_OVERFLOWED = 23,
    MN_FAULTED = 24,
    MN_ARENAS_DIFFER = 25
};

void port_start(void);
void port_read(uint32_t offset, void *to, uint32_t bytes);
void port_write(const void *from, uint32_t bytes);
void port_report(const char *key, uint32_t value);
_Noreturn void port_finish(int status);

void *port_stack_pointer(void);
void port_stack_paint(void *top);
uint32_t port_stack_used(void *top);

/* Around each inference. */
void mn_mark_begin(const uint8_t *arena);
void mn_mark_end(void);
#endif
