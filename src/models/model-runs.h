/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one order of ids to another by the few runs that differ. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More separate runs than this are told as one. */
#define MODEL_RUNS_MAX 100

/**
 * ModelRunFunc:
 * @added: @n_added ids that take the place of @removed ones at @position; valid during the call
 *
 * @position is counted in what the runs before have made of the list.
 */
typedef void (*ModelRunFunc) (guint position, guint removed, const gint64 *added, guint n_added, gpointer data);

/**
 * model_runs_walk:
 * @old_ids: of gint64, none twice, as @new_ids; may be changed by @func
 * @is_other: nothing is compared: all makes way for all
 *
 * The equal beginning and end are found without any table, so that new mail on top of a big folder costs one look over the ids. An id
 * that both have at different places is removed at the old one and added at the new.
 */
void model_runs_walk (GArray *old_ids, GArray *new_ids, gboolean is_other, ModelRunFunc func, gpointer data);

G_END_DECLS
