/* SPDX-License-Identifier: GPL-3.0-or-later */
/* posthorn --render: a message drawn into a picture, with the reader's own web view. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define APP_RENDER_WIDTH 800      /* where --width says none */

typedef struct
{
  const char *file;          /* the message */
  const char *png;
  int width;                 /* pixels */
  gboolean is_dark;
  gboolean loads_remote;
} AppRender;

/**
 * app_render_run:
 *
 * Opens no profile, joins no running program, needs a display. Waits until the page and its pictures are there, at most two minutes.
 * What went wrong is said on stderr.
 *
 * Returns: the program's exit status: 0 or 1
 */
int app_render_run (const AppRender *render);

G_END_DECLS
