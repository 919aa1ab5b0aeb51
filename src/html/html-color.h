/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours as mail writes them, and what becomes of them on a dark page. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double red;    /* these four: 0 to 1 */
  double green;
  double blue;
  double alpha;
} HtmlColor;

/* html_color_parse_name: of CSS (any case), or of HTML's attributes: "#fff", "#ffffff", "ffffff" */
gboolean html_color_parse_name (const char *name, HtmlColor *color);

/* html_color_parse_hash: 3, 4, 6 or 8 hex digits */
gboolean html_color_parse_hash (const char *digits, HtmlColor *color);

/* html_color_from_hsl: @hue in degrees, the others 0 to 1 */
HtmlColor html_color_from_hsl (double hue, double saturation, double lightness, double alpha);

/* html_color_darken: for a dark page: light grounds become dark ones and dark text light, by lightness as the eye sees it, the hue kept;
 * what is dark (light) already stays. Black on white stays as readable as it was, and so does white on a coloured button. */
void html_color_darken (HtmlColor *color, gboolean is_ground);

/* html_color_is_light: text of it can hardly be read on white */
gboolean html_color_is_light (const HtmlColor *color);

/* html_color_append: "#rrggbb", or "rgba(…)" when it can be seen through */
void html_color_append (GString *out, const HtmlColor *color);

G_END_DECLS
