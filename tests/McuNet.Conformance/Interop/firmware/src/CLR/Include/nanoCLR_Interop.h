/* As much of the interop interface of .NET nanoFramework as generated code uses, written for tests. */
#ifndef NANOCLR_INTEROP_H
#define NANOCLR_INTEROP_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t HRESULT;

#define S_OK ((HRESULT)0)
#define CLR_E_NULL_REFERENCE ((HRESULT)0xA1000000)
#define CLR_E_INVALID_PARAMETER ((HRESULT)0xFD000000)

#define NANOCLR_HEADER() HRESULT hr
#define NANOCLR_NOCLEANUP() \
    hr = S_OK;              \
    nanoCLR_Cleanup:        \
    return hr
#define NANOCLR_SET_AND_LEAVE(expr) \
    {                               \
        hr = (expr);                \
        goto nanoCLR_Cleanup;       \
    }
#define FAULT_ON_NULL(ptr)                           \
    if (!(ptr))                                      \
    {                                                \
        NANOCLR_SET_AND_LEAVE(CLR_E_NULL_REFERENCE); \
    }
#define NANOCLR_NATIVE_DECLARE(mtd) static HRESULT mtd(CLR_RT_StackFrame &stack)

struct CLR_RT_HeapBlock_Array
{
    uint32_t m_numOfElements;
    uint8_t *m_data;

    uint8_t *GetFirstElement() { return m_data; }
};

struct CLR_RT_HeapBlock
{
    CLR_RT_HeapBlock_Array *m_array;

    CLR_RT_HeapBlock_Array *DereferenceArray() { return m_array; }
};

struct CLR_RT_StackFrame
{
    CLR_RT_HeapBlock *m_arguments;

    CLR_RT_HeapBlock &ArgN(int n) { return m_arguments[n]; }
};

typedef HRESULT (*CLR_RT_MethodHandler)(CLR_RT_StackFrame &stack);

struct CLR_RT_NativeAssemblyData
{
    const char *m_szAssemblyName;
    uint32_t m_checkSum;
    const CLR_RT_MethodHandler *m_pNativeMethods;
    struct
    {
        uint16_t iMajorVersion, iMinorVersion, iBuildNumber, iRevisionNumber;
    } m_Version;
};

#endif
