/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From whom pictures are always loaded. */
#pragma once

#include "app-state.h"
#include "model-body.h"

G_BEGIN_DECLS

/* By the one address in From, case and all; kept as its hash, so that the file tells nobody whose mail is read. A message from several, or
 * from nobody, never may. */
gboolean reader_senders_may_load (AppState *state, ModelBody *body);
void reader_senders_allow (AppState *state, ModelBody *body);

/* reader_senders_count: how many may; reader_senders_forget_all: nobody may any more */
guint reader_senders_count (AppState *state);
void reader_senders_forget_all (AppState *state);

G_END_DECLS
