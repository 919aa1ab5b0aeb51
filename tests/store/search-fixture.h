/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with an index: mail whose text is known, and short ways to look for it. */
#pragma once

#include "mail-query.h"
#include "store-fixture.h"
#include "store-index.h"
#include "store-search.h"

/* search_fixture_add: @from as the name of ana@example.org; @body stands in the source as it is */
gint64 search_fixture_add (StoreFixture *self, const char *subject, const char *from, const char *body, gint64 received);
gint64 search_fixture_add_to (StoreFixture *self, gint64 folder, const char *subject, const char *from, const char *body, gint64 received,
                              MailFlags flags, gboolean is_whole);

/* search_fixture_take_apart: a StoreIndexFunc: what stands behind the empty line is the body */
void search_fixture_take_apart (GBytes *source, const MailSummary *summary, StoreIndexText *text);

/* search_fixture_index: all there is, with a handle of its own */
void search_fixture_index (StoreFixture *self);

/* search_fixture_find: (transfer full): the subjects of what is found, newest first, with spaces between */
char *search_fixture_find (StoreFixture *self, const char *query);
char *search_fixture_find_narrow (StoreFixture *self, const char *query, const StoreSearch *search);

void search_fixture_assert (StoreFixture *self, const char *query, const char *subjects);
