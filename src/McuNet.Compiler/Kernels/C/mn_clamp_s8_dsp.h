/* Clamps count outputs to [low, high] where that is narrower than int8. */
MN_SHARED void mn_clamp_s8(int8_t *out, size_t count, int32_t low, int32_t high)
{
    if (low <= -128 && high >= 127)
        return;
    for (; count != 0u; count--, out++)
        *out = (int8_t)mn_clamp(*out, low, high);
}
