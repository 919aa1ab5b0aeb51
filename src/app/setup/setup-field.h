/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a form, and the sentence that says what is wrong with it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * setup_field_set_problem:
 * @row: an AdwEntryRow
 * @label: where the sentence stands
 *
 * Marks the row for eyes and for screen readers, and moves the focus to it.
 */
void setup_field_set_problem (GtkWidget *row, GtkLabel *label, const char *sentence);
void setup_field_clear_problem (GtkWidget *row, GtkLabel *label);

G_END_DECLS
