/* Square root, rounded correctly: by an instruction, or bit by bit of the mantissa. */
MN_INLINE float mn_math_sqrt(float x)
{
#if defined(MN_ROUND_VCVTR)
    __asm__("vsqrt.f32 %[x], %[x]" : [x] "+t"(x));
    return x;
#else
    int32_t bits = mn_math_bits(x), exponent = 0;
    uint32_t root = 0u, bit;
    uint64_t rest;
    if (!(x > 0.0f) || x > 3.40282347e+38f)
        return x < 0.0f ? mn_math_of_bits(0x7fc00000) : x;
    if (bits < 0x00800000) {
        bits = mn_math_bits(x * 16777216.0f);
        exponent = -24;
    }
    exponent += (bits >> 23) - 127;
    rest = (uint64_t)(((uint32_t)bits & 0x7fffffu) | 0x800000u) << (25 + (exponent & 1));
    for (bit = 1u << 24; bit != 0u; bit >>= 1) {
        const uint32_t next = root | bit;
        if ((uint64_t)next * next <= rest)
            root = next;
    }
    /* 25 bits of the root, and whether it is more: to 24 bits, half to even never occurs. */
    root = (root + 1u) >> 1;
    return mn_math_of_bits((int32_t)(((uint32_t)((exponent - (exponent & 1)) / 2 + 126) << 23) + root));
#endif
}
