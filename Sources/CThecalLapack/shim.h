#pragma once
#include <lapacke.h>
#include <cblas.h>
