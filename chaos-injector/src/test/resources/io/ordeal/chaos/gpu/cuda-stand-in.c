/* Stands in for the CUDA driver: two GPUs of 512 MiB whose memory is counted in files beside this library, one for each
 * process and GPU, so that what a killed process had is free again as on the real thing. A file fail.<function> makes
 * that function return the result code in it; a file leak makes memory stay when it is given back. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TOTAL (512ull << 20)
#define CONTEXT (16ull << 20)
#define PIECES 4096

typedef unsigned long long pointer;

static int current = -1;
static unsigned long long used[2];
static struct { pointer at; unsigned long long bytes; int device; } pieces[PIECES];

static void beside(char *path, size_t size, const char *name) {
  Dl_info info;
  dladdr((void *)beside, &info);
  const char *slash = strrchr(info.dli_fname, '/');
  snprintf(path, size, "%.*s/%s", (int)(slash - info.dli_fname), info.dli_fname, name);
}

static int failing(const char *function) {
  char name[128], path[4096];
  int code = 0;
  snprintf(name, sizeof name, "fail.%s", function);
  beside(path, sizeof path, name);
  FILE *file = fopen(path, "r");
  if (file) {
    if (fscanf(file, "%d", &code) != 1) code = 999;
    fclose(file);
  }
  return code;
}

#define MAY_FAIL do { int code = failing(__func__); if (code) return code; } while (0)

static void write_use(void) {
  for (int device = 0; device < 2; device++) {
    char name[64], path[4096];
    snprintf(name, sizeof name, "use.%d.%d", device, (int)getpid());
    beside(path, sizeof path, name);
    FILE *file = fopen(path, "w");
    if (!file) abort();
    fprintf(file, "%llu\n", used[device]);
    fclose(file);
  }
}

static unsigned long long all_used(int device) {
  char folder[4096];
  unsigned long long sum = 0;
  beside(folder, sizeof folder, "");
  DIR *entries = opendir(folder);
  for (struct dirent *entry; entries && (entry = readdir(entries));) {
    int of, pid;
    unsigned long long bytes = 0;
    if (sscanf(entry->d_name, "use.%d.%d", &of, &pid) != 2 || of != device) continue;
    char path[4096];
    beside(path, sizeof path, entry->d_name);
    if (kill(pid, 0) != 0) {
      unlink(path);
      continue;
    }
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%llu", &bytes) == 1) sum += bytes;
    if (file) fclose(file);
  }
  if (entries) closedir(entries);
  return sum;
}

int cuInit(unsigned flags) { (void)flags; MAY_FAIL; return 0; }
int cuDeviceGetCount(int *count) { MAY_FAIL; *count = 2; return 0; }
int cuDeviceGet(int *device, int ordinal) {
  MAY_FAIL;
  if (ordinal < 0 || ordinal > 1) return 101;
  *device = ordinal;
  return 0;
}
int cuDeviceGetName(char *name, int size, int device) {
  MAY_FAIL;
  snprintf(name, size, "Stand-in %c", 'A' + device);
  return 0;
}
int cuDeviceGetUuid_v2(unsigned char *uuid, int device) {
  MAY_FAIL;
  memset(uuid, 0x11 * (device + 1), 16);
  return 0;
}
int cuDeviceTotalMem_v2(size_t *bytes, int device) { (void)device; MAY_FAIL; *bytes = TOTAL; return 0; }
int cuDevicePrimaryCtxRetain(void **context, int device) {
  MAY_FAIL;
  *context = (void *)(size_t)(device + 1);
  used[device] += CONTEXT;
  write_use();
  return 0;
}
int cuCtxSetCurrent(void *context) { MAY_FAIL; current = (int)(size_t)context - 1; return 0; }
int cuCtxSynchronize(void) { MAY_FAIL; return current < 0 ? 201 : 0; }
int cuMemGetInfo_v2(size_t *free_bytes, size_t *total) {
  MAY_FAIL;
  if (current < 0) return 201;
  *total = TOTAL;
  *free_bytes = TOTAL - all_used(current);
  return 0;
}
int cuMemAlloc_v2(pointer *at, size_t bytes) {
  static pointer next = 0x700000000000ull;
  MAY_FAIL;
  if (current < 0) return 201;
  unsigned long long whole = (bytes + (2 << 20) - 1) >> 21 << 21;
  if (all_used(current) + whole > TOTAL) return 2;
  for (int i = 0; i < PIECES; i++) {
    if (!pieces[i].at) {
      pieces[i].at = *at = next;
      pieces[i].bytes = whole;
      pieces[i].device = current;
      next += whole;
      used[current] += whole;
      write_use();
      return 0;
    }
  }
  return 2;
}
int cuMemsetD8_v2(pointer at, unsigned char value, size_t bytes) {
  (void)value;
  MAY_FAIL;
  for (int i = 0; i < PIECES; i++) {
    if (pieces[i].at == at && bytes <= pieces[i].bytes) return 0;
  }
  return 1;
}
int cuMemFree_v2(pointer at) {
  char path[4096];
  MAY_FAIL;
  for (int i = 0; i < PIECES; i++) {
    if (pieces[i].at == at) {
      beside(path, sizeof path, "leak");
      if (access(path, F_OK) != 0) used[pieces[i].device] -= pieces[i].bytes;
      pieces[i].at = 0;
      write_use();
      return 0;
    }
  }
  return 1;
}
