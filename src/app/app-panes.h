/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three panes beside and below each other; where the window is too narrow for all, one after the other. */
#pragma once

#include <gtk/gtk.h>

#include "app-state.h"

G_BEGIN_DECLS

typedef enum
{
  APP_MODE_WIDE,     /* folders, messages, reader */
  APP_MODE_MEDIUM,   /* folders and messages; the reader on its own page: by width, or because it is off */
  APP_MODE_NARROW,   /* each on its own page */
} AppMode;

/* Where a message is read */
typedef enum
{
  APP_LAYOUT_BELOW,  /* the messages */
  APP_LAYOUT_RIGHT,  /* of them */
  APP_LAYOUT_OFF,    /* on a page of its own, in their place */
} AppLayout;

#define APP_TYPE_LAYOUT (app_layout_get_type ())
GType app_layout_get_type (void);

typedef enum
{
  APP_PAGE_FOLDERS,
  APP_PAGE_MESSAGES,
  APP_PAGE_READER,
} AppPage;

/* The mode follows the width and the layout: below these many pixels it is medium, and narrow */
#define APP_PANES_MEDIUM 900
#define APP_PANES_NARROW 600

#define APP_TYPE_PANES (app_panes_get_type ())
G_DECLARE_FINAL_TYPE (AppPanes, app_panes, APP, PANES, GtkWidget)

/* Properties: folders, messages, reader (GtkWidget, write-only from the template), mode (int, read-only, notify),
 * layout (AppLayout, notify) */

AppMode app_panes_get_mode (AppPanes *self);

/* app_panes_is_roomy: wide enough for all three panes, also where the reader is off; "mode" is notified with a change of this too */
gboolean app_panes_is_roomy (AppPanes *self);

AppPage app_panes_get_page (AppPanes *self);

/* app_panes_set_page: what is in front where not all are shown */
void app_panes_set_page (AppPanes *self, AppPage page);
void app_panes_go_back (AppPanes *self);

/* The panes' layout and sizes, from and to window.ini */
void app_panes_restore (AppPanes *self, AppState *state);
void app_panes_keep (AppPanes *self, AppState *state);

G_END_DECLS
