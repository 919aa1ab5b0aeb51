/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of screens share: waiting, parts of templates, pictures, and a profile of their own. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "account-secrets.h"
#include "store.h"
#include "sync-engine.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  Store *store;
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  GtkWindow *parent;      /* shown, empty */
} Screen;

/* screen_test_init: gtk_test_init () and what a screen needs besides */
void screen_test_init (int *argc, char ***argv);

void screen_set_up (Screen *screen, gconstpointer data);
void screen_tear_down (Screen *screen, gconstpointer data);

Account *screen_add_account (Screen *screen, const char *name, const char *email); /* (transfer none) */

/* screen_part: (transfer none): the object with that id in the template of @type, whose widget @widget is */
gpointer screen_part (gpointer widget, GType type, const char *id);

/* screen_wait: runs the main loop until @claim holds; a test that waits a minute fails */
typedef gboolean (*ScreenClaim) (gpointer data);
void screen_wait (ScreenClaim claim, gpointer data);
void screen_settle (void); /* runs what is ready */

void screen_type (gpointer editable, const char *text);
void screen_click (gpointer button);

/* screen_assert_label: the name that a screen reader says */
void screen_assert_label (gpointer widget, const char *label);

/* screen_find_window: (transfer none) (nullable): the toplevel whose title that is */
GtkWindow *screen_find_window (const char *title);

/* screen_picture: where POSTHORN_PICTURES names a folder, a PNG of the window as it is, under that name */
void screen_picture (gpointer window, const char *name);

/* screen_assert_finalized: closes @window and asserts that nothing keeps it */
void screen_assert_finalized (gpointer window);

G_END_DECLS
