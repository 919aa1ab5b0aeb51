/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a person may mean who types the beginning of a name: contacts and their groups, and who was written to or wrote. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  STORE_COMPLETION_CONTACT,
  STORE_COMPLETION_PERSON,  /* known from mail alone */
  STORE_COMPLETION_GROUP,
} StoreCompletionKind;

typedef struct
{
  StoreCompletionKind kind;
  char *name;       /* "" when none is known */
  char *address;    /* of a group: all its members, as mail_address_list_to_string () writes them */
  guint n_members;  /* of a group, with an address */
} StoreCompletion;

void store_completion_free (StoreCompletion *self);

/**
 * store_completion_list:
 * @database: of store_search_open (), as store_search_async () has it
 * @text: its words must begin words of the name or of the address, in any order
 *
 * In a few milliseconds with 100,000 known addresses.
 *
 * Returns: (transfer full): of StoreCompletion, at most @limit: contacts before others, and of either whom one writes to most and last; no
 *   address twice
 */
GPtrArray *store_completion_list (StoreDatabase *database, const char *text, guint limit, GError **error);

G_END_DECLS
