/*
 * Four outputs at once: clamp(round_half_even((float)acc * scale) + zero, low, high), stored as bytes. Vector floats always round to
 * nearest even.
 */
#include <arm_mve.h>

MN_INLINE void mn_requantize_mve(int8_t *out, int32x4_t acc, float32x4_t scale, int32_t zero, int32_t low, int32_t high)
{
    int32x4_t value = vcvtnq_s32_f32(vmulq_f32(vcvtq_f32_s32(acc), scale));
    value = vmaxq_s32(vminq_s32(value, vdupq_n_s32(high - zero)), vdupq_n_s32(low - zero));
    vstrbq_s32(out, vaddq_n_s32(value, zero));
}
