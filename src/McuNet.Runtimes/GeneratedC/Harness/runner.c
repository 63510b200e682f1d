/* Runs a generated model on every case of cases.bin.
 *
 * cases.bin:   a word with the number of cases, then the inputs of each case, tensor after tensor.
 * outputs.bin: the outputs of each case, tensor after tensor.
 * report.txt:  lines of a key and a hexadecimal number.
 *
 * Before each case the arena is filled with garbage, other garbage for each, so a model that reads what it has not written is
 * found out; after each case the guards on both sides of the arena must be intact.
 *
 * With MN_STREAM cases follow each other in one arena: garbage and a reset come before the first alone, and states are not read from cases.bin.
 *
 * With MN_TWO_ARENAS a second thread runs the same case in a second arena at the same time, and must give the same.
 */
#include "binding.h"
#include "port.h"

#ifdef MN_TWO_ARENAS
#include <pthread.h>
#include <string.h>
#endif

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

enum { GUARD_BYTES = 64, GUARD = 0x5A };

static struct {
    _Alignas(16) uint8_t before[GUARD_BYTES];
    uint8_t arena[MN_ARENA_BYTES];
    uint8_t after[GUARD_BYTES];
} memory;

static void fill(uint8_t *at, uint32_t bytes, uint8_t value)
{
    for (uint32_t i = 0; i < bytes; i++)
        at[i] = value;
}

static void set_guards(void)
{
    fill(memory.before, GUARD_BYTES, GUARD);
    fill(memory.after, GUARD_BYTES, GUARD);
#ifdef __SANITIZE_ADDRESS__
    __asan_poison_memory_region(memory.before, GUARD_BYTES);
    __asan_poison_memory_region(memory.after, GUARD_BYTES);
#endif
}

static void check_guards(uint32_t current)
{
#ifdef __SANITIZE_ADDRESS__
    (void)current;
#else
    for (uint32_t i = 0; i < GUARD_BYTES; i++) {
        uint32_t nearest_before = GUARD_BYTES - 1 - i;
        if (memory.before[nearest_before] != GUARD) {
            port_report("broken_case", current);
            port_report("broken_before", i + 1);
            port_finish(MN_GUARD_BROKEN);
        }
        if (memory.after[i] != GUARD) {
            port_report("broken_case", current);
            port_report("broken_after", i + 1);
            port_finish(MN_GUARD_BROKEN);
        }
    }
#endif
}

#if MN_STREAMED
static void read_row(void *context, uint32_t row, void *destination)
{
    const uint32_t *start = context;
    if (row >= MN_ROWS) {
        port_report("bad_row", row);
        port_finish(MN_ROW_OUT_OF_RANGE);
    }
    port_read(*start + row * MN_ROW_BYTES, destination, MN_ROW_BYTES);
}
#endif

static void load_inputs(uint8_t *arena, uint32_t offset)
{
    for (unsigned i = 0; i < MN_INPUTS; i++) {
#if MN_STREAM
        if (!mn_is_state[i])
#else
        if (!(MN_STREAMED && i == 0))
#endif
            port_read(offset, mn_input(arena, i), mn_input_bytes[i]);
        offset += mn_input_bytes[i];
    }
}

#ifdef MN_TWO_ARENAS
_Alignas(16) static uint8_t second_arena[MN_ARENA_BYTES];

static void *run_second(void *arena)
{
    mn_invoke(arena);
    return NULL;
}

static pthread_t begin_second(uint32_t current, uint32_t offset)
{
    pthread_t second;
    fill(second_arena, MN_ARENA_BYTES, MN_GARBAGE(current));
    load_inputs(second_arena, offset);
    if (pthread_create(&second, NULL, run_second, second_arena) != 0)
        port_finish(MN_INPUT_OUTPUT_FAILED);
    return second;
}

static void compare_second(pthread_t second)
{
    pthread_join(second, NULL);
    for (unsigned i = 0; i < MN_OUTPUTS; i++)
        if (memcmp(mn_output(memory.arena, i), mn_output(second_arena, i), mn_output_bytes[i]) != 0) {
            port_report("other_output", i);
            port_finish(MN_ARENAS_DIFFER);
        }
}
#endif

static void run_case(uint32_t current, uint32_t offset)
{
    void *top = port_stack_pointer();
#if MN_STREAM
    if (current == 0) {
        fill(memory.arena, MN_ARENA_BYTES, MN_GARBAGE(current));
        mn_reset(memory.arena);
    }
#else
    fill(memory.arena, MN_ARENA_BYTES, MN_GARBAGE(current));
#endif
    load_inputs(memory.arena, offset);
#ifdef MN_TWO_ARENAS
    const pthread_t second = begin_second(current, offset);
#endif
    port_stack_paint(top);
    mn_mark_begin(memory.arena);
#if MN_STREAMED
    mn_invoke_rows(memory.arena, read_row, &offset);
#else
    mn_invoke(memory.arena);
#endif
    mn_mark_end();
    port_report("stack", port_stack_used(top));
#ifdef MN_TWO_ARENAS
    compare_second(second);
#endif
    check_guards(current);
    for (unsigned i = 0; i < MN_OUTPUTS; i++)
        port_write(mn_output(memory.arena, i), mn_output_bytes[i]);
}

int main(void)
{
    uint32_t cases, case_bytes = 0, offset = sizeof cases;
    port_start();
    set_guards();
    port_read(0, &cases, sizeof cases);
    for (unsigned i = 0; i < MN_INPUTS; i++)
        case_bytes += mn_input_bytes[i];
    for (uint32_t current = 0; current < cases; current++, offset += case_bytes)
        run_case(current, offset);
    port_finish(MN_DONE);
}
