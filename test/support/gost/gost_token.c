/* A PKCS#11 module for tests only: one token, one certificate, one GOST R 34.10-2012 key of 512 bits. Signatures are
 * really computed, by OpenSSL's GOST engine in a process of its own (its library must not meet Node's OpenSSL).
 * Folder in KUALIK_GOST_TOKEN: key.pem, cert.der, openssl.cnf; file "no-mechanism" hides the mechanism,
 * "own-order" makes it answer r, s little-endian as some vendors do, "extractable" marks the key so. */
#define CK_PTR *
#define CK_DECLARE_FUNCTION(type, name) type name
#define CK_DECLARE_FUNCTION_POINTER(type, name) type(*name)
#define CK_CALLBACK_FUNCTION(type, name) type(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include "pkcs11.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CKK_GOSTR3410_512 0xd4321003UL
#define CKM_GOSTR3410_512 0xd4321006UL
#define CKM_GOSTR3411_12_512 0xd4321013UL
#define SLOT 7UL
#define CERTIFICATE 1UL
#define PRIVATE_KEY 2UL
#define PIN "2580147"
#define KEY_ID 0x01

static int initialized, sessions, logged_in, signing, wrong_pins;
static CK_ULONG found[2], found_count, found_at;

static void file_path(char *out, size_t size, const char *name) {
  const char *folder = getenv("KUALIK_GOST_TOKEN");
  snprintf(out, size, "%s/%s", folder ? folder : ".", name);
}

static int has_file(const char *name) {
  char path[4096];
  file_path(path, sizeof path, name);
  return access(path, F_OK) == 0;
}

static long read_file(const char *name, unsigned char *out, size_t size) {
  char path[4096];
  file_path(path, sizeof path, name);
  FILE *file = fopen(path, "rb");
  if (!file) return -1;
  size_t count = fread(out, 1, size, file);
  fclose(file);
  return (long)count;
}

static int write_file(const char *name, const unsigned char *data, size_t size) {
  char path[4096];
  file_path(path, sizeof path, name);
  FILE *file = fopen(path, "wb");
  if (!file) return 0;
  size_t count = fwrite(data, 1, size, file);
  return fclose(file) == 0 && count == size;
}

/* openssl pkeyutl -sign over the 64 bytes of a digest: s, then r, big-endian (RFC 9215). */
static int compute(const unsigned char *digest, unsigned char *signature) {
  char key[4096], in[4096], out[4096], conf[4096];
  file_path(key, sizeof key, "key.pem");
  file_path(in, sizeof in, "digest.bin");
  file_path(out, sizeof out, "signature.bin");
  file_path(conf, sizeof conf, "openssl.cnf");
  if (!write_file("digest.bin", digest, 64)) return 0;
  pid_t child = fork();
  if (child < 0) return 0;
  if (child == 0) {
    setenv("OPENSSL_CONF", conf, 1);
    execlp("openssl", "openssl", "pkeyutl", "-sign", "-inkey", key, "-in", in, "-out", out, (char *)0);
    _exit(127);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) return 0;
  return read_file("signature.bin", signature, 128) == 128;
}

CK_RV C_Initialize(CK_VOID_PTR arguments) {
  (void)arguments;
  if (initialized) return CKR_CRYPTOKI_ALREADY_INITIALIZED;
  initialized = 1;
  return CKR_OK;
}

CK_RV C_Finalize(CK_VOID_PTR reserved) {
  (void)reserved;
  if (!initialized) return CKR_CRYPTOKI_NOT_INITIALIZED;
  initialized = sessions = logged_in = signing = 0;
  return CKR_OK;
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count) {
  (void)present;
  if (list) {
    if (*count < 1) return CKR_BUFFER_TOO_SMALL;
    list[0] = SLOT;
  }
  *count = 1;
  return CKR_OK;
}

static void padded(unsigned char *out, size_t size, const char *text) {
  memset(out, ' ', size);
  memcpy(out, text, strlen(text) < size ? strlen(text) : size);
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  if (slot != SLOT) return CKR_SLOT_ID_INVALID;
  memset(info, 0, sizeof *info);
  padded(info->label, sizeof info->label, "GOST test token");
  padded(info->manufacturerID, sizeof info->manufacturerID, "test");
  padded(info->model, sizeof info->model, "gost-engine");
  padded(info->serialNumber, sizeof info->serialNumber, "G0000001");
  info->flags = CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED | CKF_LOGIN_REQUIRED;
  if (wrong_pins) info->flags |= CKF_USER_PIN_COUNT_LOW;
  info->ulMinPinLen = 4;
  info->ulMaxPinLen = 16;
  return CKR_OK;
}

static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  if (slot != SLOT) return CKR_SLOT_ID_INVALID;
  CK_ULONG offered = has_file("no-mechanism") ? 1 : 2;
  if (list) {
    if (*count < offered) return CKR_BUFFER_TOO_SMALL;
    list[0] = CKM_GOSTR3411_12_512;
    if (offered > 1) list[1] = CKM_GOSTR3410_512;
  }
  *count = offered;
  return CKR_OK;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify,
                          CK_SESSION_HANDLE_PTR session) {
  (void)application;
  (void)notify;
  if (slot != SLOT) return CKR_SLOT_ID_INVALID;
  if (!(flags & CKF_SERIAL_SESSION)) return CKR_SESSION_PARALLEL_NOT_SUPPORTED;
  *session = (CK_SESSION_HANDLE)++sessions;
  return CKR_OK;
}

static CK_RV close_session(CK_SESSION_HANDLE session) {
  (void)session;
  if (sessions == 0) return CKR_SESSION_HANDLE_INVALID;
  if (--sessions == 0) logged_in = signing = 0;
  return CKR_OK;
}

static CK_RV close_all_sessions(CK_SLOT_ID slot) {
  if (slot != SLOT) return CKR_SLOT_ID_INVALID;
  sessions = logged_in = signing = 0;
  return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  (void)session;
  if (user != CKU_USER) return CKR_USER_TYPE_INVALID;
  if (logged_in) return CKR_USER_ALREADY_LOGGED_IN;
  if (length != strlen(PIN) || memcmp(pin, PIN, length) != 0) {
    wrong_pins++;
    return CKR_PIN_INCORRECT;
  }
  wrong_pins = 0;
  logged_in = 1;
  return CKR_OK;
}

static CK_RV logout(CK_SESSION_HANDLE session) {
  (void)session;
  if (!logged_in) return CKR_USER_NOT_LOGGED_IN;
  logged_in = signing = 0;
  return CKR_OK;
}

/* The value of an attribute, or NULL where the object has none. */
static const unsigned char *attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, CK_ULONG *length) {
  static unsigned char value[8192];
  CK_ULONG number;
  CK_BBOOL flag;
  switch (type) {
    case CKA_ID:
      value[0] = KEY_ID;
      *length = 1;
      return value;
    case CKA_CLASS:
      number = object == CERTIFICATE ? CKO_CERTIFICATE : CKO_PRIVATE_KEY;
      break;
    case CKA_CERTIFICATE_TYPE:
      if (object != CERTIFICATE) return NULL;
      number = CKC_X_509;
      break;
    case CKA_KEY_TYPE:
      if (object != PRIVATE_KEY) return NULL;
      number = CKK_GOSTR3410_512;
      break;
    case CKA_VALUE: {
      if (object != CERTIFICATE) return NULL;
      long size = read_file("cert.der", value, sizeof value);
      if (size < 0) return NULL;
      *length = (CK_ULONG)size;
      return value;
    }
    case CKA_SENSITIVE:
    case CKA_SIGN:
    case CKA_EXTRACTABLE:
    case CKA_ALWAYS_AUTHENTICATE:
      if (object != PRIVATE_KEY) return NULL;
      flag = type == CKA_SENSITIVE || type == CKA_SIGN || (type == CKA_EXTRACTABLE && has_file("extractable"));
      value[0] = flag;
      *length = 1;
      return value;
    default:
      return NULL;
  }
  memcpy(value, &number, sizeof number);
  *length = sizeof number;
  return value;
}

static int fits(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template, CK_ULONG count) {
  for (CK_ULONG i = 0; i < count; i++) {
    CK_ULONG length = 0;
    const unsigned char *value = attribute(object, template[i].type, &length);
    if (!value || length != template[i].ulValueLen || memcmp(value, template[i].pValue, length) != 0) return 0;
  }
  return 1;
}

static CK_RV find_objects_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count) {
  (void)session;
  found_count = found_at = 0;
  if (fits(CERTIFICATE, template, count)) found[found_count++] = CERTIFICATE;
  if (logged_in && fits(PRIVATE_KEY, template, count)) found[found_count++] = PRIVATE_KEY;
  return CKR_OK;
}

static CK_RV find_objects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR list, CK_ULONG most, CK_ULONG_PTR count) {
  (void)session;
  for (*count = 0; *count < most && found_at < found_count; (*count)++) list[*count] = found[found_at++];
  return CKR_OK;
}

static CK_RV find_objects_final(CK_SESSION_HANDLE session) {
  (void)session;
  return CKR_OK;
}

static CK_RV get_attribute_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,
                                 CK_ULONG count) {
  (void)session;
  for (CK_ULONG i = 0; i < count; i++) {
    CK_ULONG length = 0;
    const unsigned char *value = attribute(object, template[i].type, &length);
    if (!value) {
      template[i].ulValueLen = (CK_ULONG)-1;
      return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    if (template[i].pValue) {
      if (template[i].ulValueLen < length) return CKR_BUFFER_TOO_SMALL;
      memcpy(template[i].pValue, value, length);
    }
    template[i].ulValueLen = length;
  }
  return CKR_OK;
}

static CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
  (void)session;
  if (!logged_in) return CKR_USER_NOT_LOGGED_IN;
  if (key != PRIVATE_KEY) return CKR_KEY_HANDLE_INVALID;
  if (mechanism->mechanism != CKM_GOSTR3410_512 || has_file("no-mechanism")) return CKR_MECHANISM_INVALID;
  signing = 1;
  return CKR_OK;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature,
                  CK_ULONG_PTR size) {
  (void)session;
  if (!signing) return CKR_OPERATION_NOT_INITIALIZED;
  if (!signature) {
    *size = 128;
    return CKR_OK;
  }
  if (*size < 128) return CKR_BUFFER_TOO_SMALL;
  signing = 0;
  if (length != 64) return CKR_DATA_LEN_RANGE;
  unsigned char raw[128];
  if (!compute(data, raw)) return CKR_DEVICE_ERROR;
  for (int i = 0; i < 128; i++) signature[i] = has_file("own-order") ? raw[127 - i] : raw[i];
  *size = 128;
  return CKR_OK;
}

static CK_RV unsupported(void) { return CKR_FUNCTION_NOT_SUPPORTED; }

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out) {
  static CK_FUNCTION_LIST list;
  /* All members after the version are function pointers. */
  void **first = (void **)&list.C_Initialize;
  for (size_t i = 0; i < (sizeof list - ((char *)first - (char *)&list)) / sizeof(void *); i++)
    first[i] = (void *)unsupported;
  list.version.major = 2;
  list.version.minor = 40;
  list.C_Initialize = C_Initialize;
  list.C_Finalize = C_Finalize;
  list.C_GetFunctionList = C_GetFunctionList;
  list.C_GetSlotList = get_slot_list;
  list.C_GetTokenInfo = get_token_info;
  list.C_GetMechanismList = get_mechanism_list;
  list.C_OpenSession = open_session;
  list.C_CloseSession = close_session;
  list.C_CloseAllSessions = close_all_sessions;
  list.C_Login = login;
  list.C_Logout = logout;
  list.C_FindObjectsInit = find_objects_init;
  list.C_FindObjects = find_objects;
  list.C_FindObjectsFinal = find_objects_final;
  list.C_GetAttributeValue = get_attribute_value;
  list.C_SignInit = sign_init;
  list.C_Sign = sign;
  *out = &list;
  return CKR_OK;
}
