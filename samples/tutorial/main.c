#include "digits.h"
#include "images.h"
#include "semihosting.h"

static uint8_t arena[DIGITS_ARENA_BYTES] __attribute__((aligned(DIGITS_ARENA_ALIGNMENT)));

int main(void)
{
    for (uint32_t digit = 0; digit < 10; digit++)
    {
        digits_set_input0_from_grey(arena, &images[digit][0][0]);
        digits_invoke(arena);
        char line[] = "? read as ?\n";
        line[0] = (char)('0' + digit);
        line[10] = (char)('0' + digits_argmax(arena));
        semihosting_write(line);
    }
    return 0;
}
