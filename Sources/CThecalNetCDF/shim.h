#pragma once
#include <netcdf.h>

/* Memory that has a descriptor. Declared here, because the system shows it to GNU sources alone. */
int memfd_create(const char *name, unsigned int flags);
enum { THECAL_MFD_CLOEXEC = 1 };
