/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reading pane. */
#pragma once

#include <gtk/gtk.h>

#include "account-list.h"
#include "app-state.h"
#include "mail-highlight.h"
#include "model-contacts.h"
#include "model-mailbox.h"
#include "model-saver.h"

G_BEGIN_DECLS

#define READER_TYPE_VIEW (reader_view_get_type ())
G_DECLARE_FINAL_TYPE (ReaderView, reader_view, READER, VIEW, GtkWidget)

/* Properties: "seen-seconds" (guint, 2): how long a message is shown until it counts as read; "marks-seen" (gboolean, TRUE): whether it does by itself */
/* Signals: "shown" (ModelBody): it is there, or there again as it is now; "seen" (gint64 id): a message that was unread has been shown for a moment; "notice" (string): a sentence for a toast;
 * "failed" (GError): opening or saving something. */

/* reader_view_set_models: once; @state: remembers size, plain text, and from whom pictures are loaded; @accounts: whose servers
 * are believed in what they say of a sender */
void reader_view_set_models (ReaderView *self, ModelMailbox *mailbox, ModelSaver *saver, AppState *state, AccountList *accounts, GMenuModel *move_menu);

void reader_view_set_contacts (ReaderView *self, ModelContacts *contacts); /* as reader_header_set_contacts () has it */

/* reader_view_highlight: (nullable) @words: marks them in the message shown and those shown next; %NULL ends it. For who came here by a search. */
void reader_view_highlight (ReaderView *self, MailHighlight *words);

/* reader_view_show: @id: the one message that is selected; 0: none or, with @n_selected, several */
void reader_view_show (ReaderView *self, gint64 id, guint n_selected);

/* reader_view_add_choices: plain-text (boolean state) to @map: for all messages; it holds what is in @self until it is taken out again */
void reader_view_add_choices (ReaderView *self, GActionMap *map);

gint64 reader_view_get_id (ReaderView *self);

/* reader_view_set_is_fetching: the whole of the message shown is on its way */
void reader_view_set_is_fetching (ReaderView *self, gboolean is_fetching);

/* reader_view_tell_failure: by the signal "failed"; nothing, where it was only cancelled or the view is gone */
void reader_view_tell_failure (ReaderView *self, const GError *error);

/* reader_view_set_has_back: alone on its page, in a narrow window */
void reader_view_set_has_back (ReaderView *self, gboolean has_back);

/* reader_view_set_is_narrow: no room for words on the buttons */
void reader_view_set_is_narrow (ReaderView *self, gboolean is_narrow);

G_END_DECLS
