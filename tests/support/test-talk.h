/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection of a TestServer, as test-server.c makes it; tests use test-server.h alone. */
#pragma once

#include "test-server.h"

G_BEGIN_DECLS

/* test_talk_new: @bodies: name → GBytes, not changed while the talk lasts; cancelling @stop ends every wait */
TestTalk *test_talk_new (GSocketConnection *connection, GTlsCertificate *certificate, gsize split,
                         gssize cut_sent, gssize cut_received, GHashTable *bodies, GCancellable *stop);

/* test_talk_end: closes, and gives away what was received and, when something was not as written, the sentence about it */
GByteArray *test_talk_end (TestTalk *self, char **failure);

char *test_data_path (const char *path);
GBytes *test_data_load (const char *path);

G_END_DECLS
