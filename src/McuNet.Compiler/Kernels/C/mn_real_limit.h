/* The nearest number of a range; NaN stays. */
MN_INLINE float mn_limit(float value, float low, float high)
{
    return value < low ? low : value > high ? high : value;
}
