/* A PKCS#11 module that passes every call on to SoftHSM until its order file names a function: then it hangs, crashes or answers a code. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* CK_FUNCTION_LIST of PKCS#11 2.40: a version in one pointer-sized place, then 68 functions in fixed order. */
enum { FUNCTIONS = 68, C_INITIALIZE = 0, C_GETFUNCTIONLIST = 3, C_GETSLOTLIST = 4, C_LOGIN = 18, C_SIGNINIT = 42, C_SIGN = 43 };
typedef unsigned long (*call)(void *, void *, void *, void *, void *);
struct list { void *version; call of[FUNCTIONS]; };

static struct list real, ours;

/* The order file: "C_Sign hang", "C_Login crash", "C_Sign 0x30"; an absent file is no order. */
static int ordered(const char *name, unsigned long *code) {
  char function[40] = "", deed[40] = "";
  FILE *file = fopen(getenv("FAULTY_ORDER"), "r");
  if (!file) return 0;
  int read = fscanf(file, "%39s %39s", function, deed);
  fclose(file);
  if (read != 2 || strcmp(function, name) != 0) return 0;
  if (strcmp(deed, "hang") == 0) for (;;) pause();
  if (strcmp(deed, "crash") == 0) *(volatile int *)0 = 1;
  *code = strtoul(deed, NULL, 16);
  return 1;
}

#define PASS(index, name)                                                                  \
  static unsigned long at_##index(void *a, void *b, void *c, void *d, void *e) {           \
    unsigned long code;                                                                    \
    return ordered(name, &code) ? code : real.of[index](a, b, c, d, e);                    \
  }
PASS(0, "C_Initialize")
PASS(4, "C_GetSlotList")
PASS(18, "C_Login")
PASS(42, "C_SignInit")
PASS(43, "C_Sign")

unsigned long C_GetFunctionList(struct list **to) {
  if (!ours.version) {
    struct list *soft;
    void *library = dlopen(getenv("FAULTY_REAL"), RTLD_NOW);
    unsigned long (*get)(struct list **) =
        library ? (unsigned long (*)(struct list **))dlsym(library, "C_GetFunctionList") : NULL;
    if (!get || get(&soft) != 0) return 5; /* CKR_GENERAL_ERROR */
    real = ours = *soft;
    ours.of[C_INITIALIZE] = at_0;
    ours.of[C_GETSLOTLIST] = at_4;
    ours.of[C_LOGIN] = at_18;
    ours.of[C_SIGNINIT] = at_42;
    ours.of[C_SIGN] = at_43;
  }
  *to = &ours;
  return 0;
}
