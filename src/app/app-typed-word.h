/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed into a list to go to what begins with it. Pure but for the clock. */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef struct _AppTypedWord AppTypedWord;

AppTypedWord *app_typed_word_new (void);
void app_typed_word_free (AppTypedWord *self);

/**
 * app_typed_word_type:
 * @now: monotonic, in microseconds
 * @goes_on: set when the same letter came again: the next that begins with it is wanted, not the one that is selected
 *
 * Letters that come shortly after each other are one word.
 *
 * Returns: (nullable) (transfer none): what to look for; %NULL when the key is none of a word
 */
const char *app_typed_word_type (AppTypedWord *self, guint keyval, GdkModifierType state, gint64 now, gboolean *goes_on);

G_END_DECLS
