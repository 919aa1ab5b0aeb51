/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours as mail writes them, and what becomes of them on a dark page. Pure. */
#include "html-color-names.h"
#include "html-color.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The lightness (0 black, 1 white) that white ground, and black text, get on a dark page */
#define DARK_GROUND 0.12
#define LIGHT_TEXT 0.93

static HtmlColor
from_rgb24 (guint rgb)
{
  return (HtmlColor){ ((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0, 1 };
}

static int
compare_names (const void *key, const void *element)
{
  return g_ascii_strcasecmp (key, ((const HtmlColorName *) element)->name);
}

gboolean
html_color_parse_hash (const char *digits, HtmlColor *color)
{
  double parts[4] = { 0, 0, 0, 1 };
  gsize n = strlen (digits);
  gsize each = n >= 6 ? 2 : 1;

  if (n != 3 && n != 4 && n != 6 && n != 8)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isxdigit (digits[i]))
      return FALSE;
  for (gsize i = 0; i < n / each; i++)
    parts[i] = (g_ascii_xdigit_value (digits[i * each]) * 16 + g_ascii_xdigit_value (digits[i * each + each - 1])) / 255.0;
  *color = (HtmlColor){ parts[0], parts[1], parts[2], parts[3] };
  return TRUE;
}

gboolean
html_color_parse_name (const char *name, HtmlColor *color)
{
  const HtmlColorName *found = bsearch (name, html_color_names, html_color_n_names, sizeof *html_color_names, compare_names);

  if (found)
    {
      *color = from_rgb24 (found->rgb);
      return TRUE;
    }
  return html_color_parse_hash (name[0] == '#' ? name + 1 : name, color);
}

/* CSS Color 4 §7 */
HtmlColor
html_color_from_hsl (double hue, double saturation, double lightness, double alpha)
{
  double parts[3];
  double a = saturation * MIN (lightness, 1 - lightness);

  hue = fmod (hue, 360);
  if (hue < 0)
    hue += 360;
  for (int i = 0; i < 3; i++)
    {
      double k = fmod ((i == 0 ? 0 : i == 1 ? 8 : 4) + hue / 30, 12);

      parts[i] = lightness - a * MAX (-1, MIN (MIN (k - 3, 9 - k), 1));
    }
  return (HtmlColor){ CLAMP (parts[0], 0, 1), CLAMP (parts[1], 0, 1), CLAMP (parts[2], 0, 1), alpha };
}

static double
to_linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
from_linear (double c)
{
  c = CLAMP (c, 0, 1);
  return c <= 0.0031308 ? c * 12.92 : 1.055 * pow (c, 1 / 2.4) - 0.055;
}

/* CIE 1976: lightness, 0 to 1, of a luminance, and back */
static double
to_lightness (double y)
{
  return y <= 216.0 / 24389 ? y * 24389 / 27 / 100 : 1.16 * cbrt (y) - 0.16;
}

static double
to_luminance (double l)
{
  return l <= 0.08 ? l * 100 * 27 / 24389 : pow ((l + 0.16) / 1.16, 3);
}

static double
find_luminance (double r, double g, double b)
{
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

gboolean
html_color_is_light (const HtmlColor *color)
{
  return find_luminance (to_linear (color->red), to_linear (color->green), to_linear (color->blue)) > 0.5;
}

void
html_color_darken (HtmlColor *color, gboolean is_ground)
{
  double r = to_linear (color->red), g = to_linear (color->green), b = to_linear (color->blue);
  double y = find_luminance (r, g, b);
  double l = to_lightness (y);
  double wanted;

  if (is_ground ? l <= 0.5 : l >= 0.65)
    return;
  if (is_ground)
    {
      double factor = to_luminance (DARK_GROUND + (1 - l) * (0.5 - DARK_GROUND) * 2) / y;

      r *= factor;
      g *= factor;
      b *= factor;
    }
  else
    {
      double share;

      wanted = to_luminance (LIGHT_TEXT - l * (LIGHT_TEXT - 0.65) / 0.65);
      share = (wanted - y) / (1 - y);
      r += (1 - r) * share;
      g += (1 - g) * share;
      b += (1 - b) * share;
    }
  color->red = from_linear (r);
  color->green = from_linear (g);
  color->blue = from_linear (b);
}

void
html_color_append (GString *out, const HtmlColor *color)
{
  int r = (int) lround (color->red * 255), g = (int) lround (color->green * 255), b = (int) lround (color->blue * 255);
  char alpha[G_ASCII_DTOSTR_BUF_SIZE];

  if (color->alpha >= 1)
    g_string_append_printf (out, "#%02x%02x%02x", r, g, b);
  else
    g_string_append_printf (out, "rgba(%d,%d,%d,%s)", r, g, b, g_ascii_formatd (alpha, sizeof alpha, "%.3f", MAX (color->alpha, 0)));
}
