/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window for one message that is in no folder: a file, or what came with another message. */
#pragma once

#include <adwaita.h>

#include "app-state.h"
#include "model-saver.h"

G_BEGIN_DECLS

#define READER_TYPE_WINDOW (reader_window_get_type ())
G_DECLARE_FINAL_TYPE (ReaderWindow, reader_window, READER, WINDOW, AdwApplicationWindow)

/* Signal "answer" (ModelBody, int: a ModelDraftKind): a person wants to reply to it or to pass it on. The program hears of each such window by
 * GtkApplication's "window-added". */

/* reader_window_open_file: presents a window at once; what cannot be read says so in it. @state: (nullable) as reader_page_set_models () has it */
void reader_window_open_file (GtkApplication *application, ModelSaver *saver, AppState *state, GFile *file);

/* reader_window_open_attached: the attachment of @body at @position */
void reader_window_open_attached (GtkApplication *application, ModelSaver *saver, AppState *state, ModelBody *body, guint position);

G_END_DECLS
