#include <string.h>

#include "network.h"
#include "semihosting.h"

static uint8_t arena[NETWORK_ARENA_BYTES] __attribute__((aligned(NETWORK_ARENA_ALIGNMENT)));

static void write_number(uint32_t number)
{
    char digits[12] = {0};
    char *first = digits + sizeof digits - 2;
    *first = '\n';
    do
        *--first = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    semihosting_write(first);
}

int main(void)
{
    /* Your data go here: the bytes of the input, or network_set_input0 for real numbers. */
    memset(network_input0(arena), 0, NETWORK_INPUT0_BYTES);
    network_invoke(arena);
    semihosting_write("answer ");
    write_number(network_argmax(arena));
    return 0;
}
