/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posthorn is killed while it sends, at any moment of the conversation: afterwards every message was delivered once to each of its
 * recipients, or is MAYBE_SENT and was delivered at most once. The seed is printed; POSTHORN_CRASH_ROUNDS makes it longer. */
#include "outbox-fixture.h"
#include "mime-summary.h"

#include "test-server.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define N_MESSAGES 4
#define MAX_KILLS 5

typedef struct
{
  GHashTable *deliveries;  /* "id recipient" → number; the server's thread while a pass runs */
  int pid;                 /* atomic: the victim, 0 when nobody is to be killed */
  int steps_left;          /* atomic */
  int delay_us;
} Post;

static void
step (Post *post)
{
  int pid;

  if (!g_atomic_int_dec_and_test (&post->steps_left))
    return;
  if (post->delay_us > 0)
    g_usleep (post->delay_us);
  pid = g_atomic_int_get (&post->pid);
  if (pid > 0)
    kill (pid, SIGKILL);
}

static void
deliver (Post *post, const char *id, GPtrArray *recipients)
{
  for (guint i = 0; i < recipients->len; i++)
    {
      char *key = g_strdup_printf ("%s %s", id, (char *) g_ptr_array_index (recipients, i));
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (post->deliveries, key));

      g_hash_table_replace (post->deliveries, key, GUINT_TO_POINTER (n + 1));
    }
}

/* Returns: (nullable): the Subject, once the lone dot has come */
static char *
read_message (TestTalk *talk, Post *post)
{
  g_autofree char *id = NULL;

  for (;;)
    {
      g_autofree char *line = test_talk_read_line (talk);

      if (!line)
        return NULL;
      if (g_str_has_prefix (line, "Subject: "))
        {
          g_free (id);
          id = g_strdup (line + strlen ("Subject: "));
        }
      step (post);
      if (strcmp (line, ".") == 0)
        return g_steal_pointer (&id);
    }
}

/* Takes everything. What it has promised to deliver it has delivered: from the lone dot on, answered or not. */
static void
play_server (TestTalk *talk, gpointer data)
{
  Post *post = data;
  g_autoptr (GPtrArray) recipients = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *line = NULL;

  test_talk_allow_leaving (talk);
  step (post);
  test_talk_send_line (talk, "220 hi");
  while (step (post), (line = test_talk_read_line (talk)))
    {
      const char *reply = "250 2.0.0 ok";

      step (post);
      if (g_str_has_prefix (line, "EHLO"))
        reply = "250-localhost\r\n250 PIPELINING";
      else if (g_str_has_prefix (line, "MAIL"))
        g_ptr_array_set_size (recipients, 0);
      else if (g_str_has_prefix (line, "RCPT TO:<"))
        g_ptr_array_add (recipients, g_strndup (line + 9, strlen (line) - 10));
      else if (strcmp (line, "DATA") == 0)
        {
          g_autofree char *id = NULL;

          if (!test_talk_send_line (talk, "354 go"))
            break;
          id = read_message (talk, post);
          if (!id)
            break;
          deliver (post, id, recipients);
        }
      step (post);
      if (!test_talk_send_line (talk, reply))
        break;
      g_clear_pointer (&line, g_free);
    }
}

static MailLogin *
make_login (guint port)
{
  return mail_login_new ("127.0.0.1", port, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
}

/* What the child does: one pass. */
static int
run_child (const char *path, guint port)
{
  OutboxFixture fixture = { 0 };
  g_autoptr (MailLogin) login = make_login (port);

  outbox_fixture_open_at (&fixture, path);
  outbox_fixture_run (&fixture, login, NULL);
  outbox_fixture_close (&fixture);
  return 0;
}

static void
run_and_kill (OutboxFixture *fixture, Post *post, const char *self, guint port)
{
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  const char *argv[] = { self, "--child", fixture->path, port_text, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status;

  g_atomic_int_set (&post->pid, 0);
  post->delay_us = g_test_rand_bit () ? 0 : g_test_rand_int_range (0, 4000);
  g_atomic_int_set (&post->steps_left, g_test_rand_int_range (1, 60));
  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  g_atomic_int_set (&post->pid, pid);
  waitpid (pid, &status, 0);
  g_atomic_int_set (&post->pid, 0);
  g_assert_true ((WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL) || (WIFEXITED (status) && WEXITSTATUS (status) == 0));
}

static guint
count_deliveries (Post *post, const char *id, const char *recipient)
{
  g_autofree char *key = g_strdup_printf ("%s %s", id, recipient);

  return GPOINTER_TO_UINT (g_hash_table_lookup (post->deliveries, key));
}

static const char *const recipients[] = { "bob@example.net", "eve@example.net", NULL };

/* Returns: whether it is MAYBE_SENT */
static gboolean
judge (OutboxFixture *fixture, Post *post, gint64 message, const char *id)
{
  g_autoptr (StoreOutboxItem) item = outbox_fixture_get (fixture, message);
  g_autoptr (GBytes) source = store_messages_load_source (fixture->database, message, NULL);

  g_assert_nonnull (source); /* here or in Sent: never lost */
  for (guint i = 0; recipients[i]; i++)
    {
      guint n = count_deliveries (post, id, recipients[i]);

      if (item)
        {
          g_assert_cmpint (item->state, ==, STORE_OUTBOX_MAYBE_SENT);
          g_assert_cmpuint (n, <=, 1);
        }
      else
        g_assert_cmpuint (n, ==, 1);
    }
  return item != NULL;
}

static const char *self_path;

static void
test_round (OutboxFixture *fixture, guint *n_maybe, guint *n_sent)
{
  Post post = { .deliveries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_autoptr (TestServer) server = test_server_new ();
  guint port = test_server_get_port (server);
  g_autoptr (MailLogin) login = make_login (port);
  gint64 messages[N_MESSAGES];
  guint n_kills = g_test_rand_int_range (1, MAX_KILLS + 1);

  test_server_add_func (server, play_server, &post);
  test_server_set_repeat (server, TRUE);
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);

      messages[i] = outbox_fixture_add (fixture, id, recipients);
    }
  for (guint i = 0; i < n_kills; i++)
    run_and_kill (fixture, &post, self_path, port);
  g_atomic_int_set (&post.steps_left, 0);
  outbox_fixture_run (fixture, login, NULL); /* what is left, in peace */
  g_assert_no_error (fixture->error);
  test_server_finish (server);
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);

      if (judge (fixture, &post, messages[i], id))
        (*n_maybe)++;
      else
        (*n_sent)++;
    }
  g_hash_table_unref (post.deliveries);
}

static void
test_killed (void)
{
  const char *wanted = g_getenv ("POSTHORN_CRASH_ROUNDS");
  guint n_rounds = wanted ? atoi (wanted) : 12;
  guint n_maybe = 0, n_sent = 0;

  for (guint i = 0; i < n_rounds; i++)
    {
      OutboxFixture fixture = { 0 };

      outbox_fixture_set_up (&fixture, NULL);
      test_round (&fixture, &n_maybe, &n_sent);
      outbox_fixture_tear_down (&fixture, NULL);
    }
  g_test_message ("%u rounds: %u messages sent once, %u maybe sent", n_rounds, n_sent, n_maybe);
  g_assert_cmpuint (n_sent, >, n_maybe);
}

int
main (int argc, char **argv)
{
  mime_init ();
  if (argc == 4 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2], atoi (argv[3]));
  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/outbox/killed-at-any-moment/sends-once-or-says-maybe", test_killed);
  return g_test_run ();
}
