/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that CSS gives to colours (CSS Color 4 §6.1). */
#pragma once

#include <glib.h>

typedef struct
{
  const char *name;
  guint rgb;
} HtmlColorName;

extern const HtmlColorName html_color_names[];
extern const gsize html_color_n_names;
