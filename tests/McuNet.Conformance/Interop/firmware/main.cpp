/* Calls the first native method of an assembly as the CLR does: one array for each argument, their bytes from standard input and, after the call, to standard output.
   Arguments: for each array its bytes and its elements; an array of 0 bytes is null. Prints name and checksum on standard error. */
#include <stdio.h>
#include <stdlib.h>

#include <nanoCLR_Interop.h>

extern const CLR_RT_NativeAssemblyData ASSEMBLY;

int main(int count, char **words)
{
    static CLR_RT_HeapBlock_Array arrays[16];
    static CLR_RT_HeapBlock arguments[16];
    const int arrayCount = (count - 1) / 2;
    for (int i = 0; i < arrayCount; i++)
    {
        const size_t bytes = (size_t)atoi(words[1 + 2 * i]);
        arrays[i].m_numOfElements = (uint32_t)atoi(words[2 + 2 * i]);
        arrays[i].m_data = (uint8_t *)malloc(bytes + 1);
        if (fread(arrays[i].m_data, 1, bytes, stdin) != bytes)
            return 100;
        arguments[i].m_array = bytes == 0 ? NULL : &arrays[i];
    }
    CLR_RT_StackFrame stack = {arguments};
    fprintf(stderr, "%s 0x%08x %d\n", ASSEMBLY.m_szAssemblyName, (unsigned)ASSEMBLY.m_checkSum, ASSEMBLY.m_Version.iMajorVersion);
    const HRESULT result = ASSEMBLY.m_pNativeMethods[0](stack);
    if (result != S_OK)
        return result == CLR_E_NULL_REFERENCE ? 2 : result == CLR_E_INVALID_PARAMETER ? 3 : 4;
    for (int i = 0; i < arrayCount; i++)
        for (size_t b = 0; b < (size_t)atoi(words[1 + 2 * i]); b++)
            printf("%02x", arrays[i].m_data[b]);
    return 0;
}
