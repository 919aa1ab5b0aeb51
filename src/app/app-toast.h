/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Toasts: a sentence, and those with more to them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* All: (transfer full) */

/* app_toast_new: @text as it is: libadwaita would read names and servers' words for markup */
AdwToast *app_toast_new (const char *text);

/* AppToastUndo: @owner and @what of app_toast_new_undo () */
typedef void (*AppToastUndo) (gpointer owner, gpointer what);

/* app_toast_new_undo: something was done; Undo calls @undo as long as @owner (a GObject) lives. @what: (transfer full) */
AdwToast *app_toast_new_undo (const char *text, gpointer owner, AppToastUndo undo, gpointer what, GDestroyNotify free_what);

/* app_toast_new_sending: message @id goes in @delay seconds, which are counted down; Undo takes it out of the Outbox (win.outbox-edit) */
AdwToast *app_toast_new_sending (gint64 id, guint delay);

/* app_toast_new_kept: a composer was closed; Discard is app.discard-draft with @serial */
AdwToast *app_toast_new_kept (gint64 serial);

/* app_toast_new_discarded: a draft is gone; Undo is app.restore-draft with @serial */
AdwToast *app_toast_new_discarded (gint64 serial);

G_END_DECLS
