/* Functions of two real numbers that are no single operation: 9 a to the power of b, 10 b to the power of a, 11 remainder of a / b, 12 of b / a. */
MN_INLINE float mn_elementwise_math_of(uint32_t function, float a, float b)
{
    switch (function) {
    case 9: return mn_math_pow(a, b);
    case 10: return mn_math_pow(b, a);
    case 11: return mn_math_mod(a, b);
    default: return mn_math_mod(b, a);
    }
}
