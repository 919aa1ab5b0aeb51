/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window for one message that is in no folder: a file, or what came with another message. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "app-state.h"
#include "model-body.h"
#include "model-saver.h"

G_BEGIN_DECLS

#define READER_TYPE_WINDOW (reader_window_get_type ())
G_DECLARE_FINAL_TYPE (ReaderWindow, reader_window, READER, WINDOW, AdwApplicationWindow)

/* Signals: "answer" (ModelBody, int: a ModelDraftKind): a person wants to reply to it or to pass it on; "keep" (ModelBody, gint64): to have it in that
 * folder. The program hears of each such window by GtkApplication's "window-added". */

/* reader_window_set_places: when it is added; @accounts: who may be written to, and whose colleagues a forger would like to be taken for; @folders: where
 * its message can be put: a menu of message.keep (x) */
void reader_window_set_places (ReaderWindow *self, AccountList *accounts, GMenuModel *folders);

/* reader_window_tell: a toast */
void reader_window_tell (ReaderWindow *self, const char *sentence);

/* reader_window_open_file: presents a window at once; what cannot be read says so in it. @state: (nullable) as reader_page_set_models () has it */
void reader_window_open_file (GtkApplication *application, ModelSaver *saver, AppState *state, GFile *file);

/* reader_window_open_attached: the attachment of @body at @position */
void reader_window_open_attached (GtkApplication *application, ModelSaver *saver, AppState *state, ModelBody *body, guint position);

G_END_DECLS
