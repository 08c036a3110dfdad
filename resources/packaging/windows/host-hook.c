/* Binds an add-on's imports from "node.exe" to the program that loaded it, whatever that is called. */
#include <windows.h>
#include <string.h>
#include <delayimp.h>

static FARPROC WINAPI host(unsigned event, PDelayLoadInfo info) {
  if (event != dliNotePreLoadLibrary || _stricmp(info->szDll, "node.exe") != 0) return NULL;
  return (FARPROC)GetModuleHandleW(NULL);
}

PfnDliHook __pfnDliNotifyHook2 = host;
