/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the account wizard, against a server that plays a written conversation. */
#include "base-error.h"
#include "screen-test.h"
#include "setup-check-row.h"
#include "setup-person.h"
#include "setup-protocol-group.h"
#include "setup-server-group.h"
#include "setup-servers.h"
#include "setup-test.h"
#include "setup-window.h"
#include "test-server.h"

#include <string.h>

/* Servers that answer whatever order the engine asks in; data is the answer to the password. */

static void
play_pop (TestTalk *talk, gpointer data)
{
  test_talk_allow_leaving (talk);
  test_talk_send_line (talk, "+OK hello");
  for (;;)
    {
      g_autofree char *line = test_talk_read_line (talk);

      if (!line)
        return;
      if (g_str_has_prefix (line, "CAPA"))
        test_talk_play (talk, "S: +OK\nS: USER\nS: UIDL\nS: .\n");
      else if (g_str_has_prefix (line, "LIST") || g_str_has_prefix (line, "UIDL"))
        test_talk_play (talk, "S: +OK\nS: .\n");
      else if (g_str_has_prefix (line, "STAT"))
        test_talk_send_line (talk, "+OK 0 0");
      else
        test_talk_send_line (talk, g_str_has_prefix (line, "PASS ") ? data : "+OK");
    }
}

static void
play_smtp (TestTalk *talk, gpointer data)
{
  test_talk_allow_leaving (talk);
  test_talk_send_line (talk, "220 mail.example.org ready");
  for (;;)
    {
      g_autofree char *line = test_talk_read_line (talk);

      if (!line)
        return;
      if (g_str_has_prefix (line, "EHLO"))
        test_talk_play (talk, "S: 250-mail.example.org\nS: 250 AUTH PLAIN\n");
      else
        test_talk_send_line (talk, g_str_has_prefix (line, "AUTH ") ? data : "221 bye");
    }
}

static void
play_pop_over_tls (TestTalk *talk, gpointer data)
{
  if (test_talk_start_tls (talk))
    play_pop (talk, data);
}

typedef struct
{
  Screen screen;
  SetupWindow *window;
  gpointer person, servers, test, stack, next, back, incoming, outgoing;
  Account *added; /* what the signal gave */
} Wizard;

static void
on_account_added (SetupWindow *window, Account *account, gpointer data)
{
  g_set_object (&((Wizard *) data)->added, account);
}

static void
set_up (Wizard *wizard, gconstpointer data)
{
  screen_set_up (&wizard->screen, NULL);
  wizard->window = setup_window_new (wizard->screen.parent, wizard->screen.accounts, wizard->screen.secrets, wizard->screen.engine);
  g_signal_connect (wizard->window, "account-added", G_CALLBACK (on_account_added), wizard);
  wizard->person = screen_part (wizard->window, SETUP_TYPE_WINDOW, "person_page");
  wizard->servers = screen_part (wizard->window, SETUP_TYPE_WINDOW, "servers_page");
  wizard->test = screen_part (wizard->window, SETUP_TYPE_WINDOW, "test_page");
  wizard->stack = screen_part (wizard->window, SETUP_TYPE_WINDOW, "stack");
  wizard->next = screen_part (wizard->window, SETUP_TYPE_WINDOW, "next_button");
  wizard->back = screen_part (wizard->window, SETUP_TYPE_WINDOW, "back_button");
  wizard->incoming = screen_part (wizard->test, SETUP_TYPE_TEST, "incoming_row");
  wizard->outgoing = screen_part (wizard->test, SETUP_TYPE_TEST, "outgoing_row");
  gtk_window_present (GTK_WINDOW (wizard->window));
}

static void
tear_down (Wizard *wizard, gconstpointer data)
{
  screen_assert_finalized (g_steal_pointer (&wizard->window));
  g_clear_object (&wizard->added);
  screen_tear_down (&wizard->screen, NULL);
}

static const char *
get_page (Wizard *wizard)
{
  return gtk_stack_get_visible_child_name (wizard->stack);
}

static gpointer
person_part (Wizard *wizard, const char *id)
{
  return screen_part (wizard->person, SETUP_TYPE_PERSON, id);
}

static gpointer
server_part (Wizard *wizard, AccountDirection direction, const char *id)
{
  gpointer group = screen_part (wizard->servers, SETUP_TYPE_SERVERS, direction == ACCOUNT_INCOMING ? "incoming_group" : "outgoing_group");

  return screen_part (group, SETUP_TYPE_SERVER_GROUP, id);
}

static void
fill_person (Wizard *wizard, const char *email, const char *password)
{
  screen_type (person_part (wizard, "name_row"), "Ana Ruiz");
  screen_type (person_part (wizard, "email_row"), email);
  screen_type (person_part (wizard, "password_row"), password);
}

static void
choose_pop3 (Wizard *wizard)
{
  gpointer group = screen_part (wizard->servers, SETUP_TYPE_SERVERS, "protocol_group");

  gtk_check_button_set_active (screen_part (group, SETUP_TYPE_PROTOCOL_GROUP, "pop3_button"), TRUE);
}

static void
fill_server (Wizard *wizard, AccountDirection direction, guint port, MailSecurity security)
{
  g_autofree char *number = g_strdup_printf ("%u", port);

  if (direction == ACCOUNT_INCOMING)
    choose_pop3 (wizard);
  screen_type (server_part (wizard, direction, "host_row"), "localhost");
  adw_combo_row_set_selected (server_part (wizard, direction, "security_row"), security);
  screen_type (server_part (wizard, direction, "port_row"), number);
}

static void
go_to_test (Wizard *wizard, TestServer *pop, TestServer *smtp, MailSecurity security)
{
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  fill_server (wizard, ACCOUNT_INCOMING, test_server_get_port (pop), security);
  fill_server (wizard, ACCOUNT_OUTGOING, test_server_get_port (smtp), security);
  screen_click (wizard->next);
  g_assert_cmpstr (get_page (wizard), ==, "test");
}

static gboolean
is_over (gpointer data)
{
  Wizard *wizard = data;
  GtkSpinner *in = screen_part (wizard->incoming, SETUP_TYPE_CHECK_ROW, "spinner");
  GtkSpinner *out = screen_part (wizard->outgoing, SETUP_TYPE_CHECK_ROW, "spinner");

  return !gtk_spinner_get_spinning (in) && !gtk_spinner_get_spinning (out);
}

static gboolean
is_done (gpointer data)
{
  return g_str_equal (get_page (data), "done");
}

static void
assert_subtitle (gpointer row, const char *part)
{
  const char *subtitle = adw_action_row_get_subtitle (row);

  if (!strstr (subtitle, part))
    g_error ("“%s” is not in “%s”", part, subtitle);
}

static void
assert_problem (Wizard *wizard, const char *row, const char *part)
{
  GtkLabel *label = person_part (wizard, "problem_label");

  g_assert_cmpstr (get_page (wizard), ==, "person");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_nonnull (strstr (gtk_label_get_label (label), part));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (person_part (wizard, row)), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
}

/* Who are you? */

static void
test_fields_have_names (Wizard *wizard, gconstpointer data)
{
  screen_assert_label (person_part (wizard, "name_row"), "Your Name");
  screen_assert_label (person_part (wizard, "email_row"), "E-Mail Address");
  screen_assert_label (person_part (wizard, "password_row"), "Password");
  screen_assert_label (server_part (wizard, ACCOUNT_INCOMING, "host_row"), "Server for Receiving");
  screen_assert_label (server_part (wizard, ACCOUNT_OUTGOING, "port_row"), "Port for Sending");
  screen_picture (wizard->window, "setup-person");
}

static void
test_incomplete_address (Wizard *wizard, gconstpointer data)
{
  fill_person (wizard, "ana@", "secret");
  screen_click (wizard->next);
  assert_problem (wizard, "email_row", "complete e-mail address");
  screen_picture (wizard->window, "setup-person-problem");
  screen_type (person_part (wizard, "email_row"), "ana@e");
  g_assert_false (gtk_widget_get_visible (person_part (wizard, "problem_label")));
}

static void
test_address_that_is_there (Wizard *wizard, gconstpointer data)
{
  screen_add_account (&wizard->screen, "Ana", "ana@example.org");
  fill_person (wizard, "ANA@example.org", "secret");
  screen_click (wizard->next);
  assert_problem (wizard, "email_row", "already");
}

static void
test_no_password (Wizard *wizard, gconstpointer data)
{
  fill_person (wizard, "ana@example.org", "");
  screen_click (wizard->next);
  assert_problem (wizard, "password_row", "password");
}

/* How mail arrives */

static void
test_guess_in_words (Wizard *wizard, gconstpointer data)
{
  gpointer incoming = screen_part (wizard->servers, SETUP_TYPE_SERVERS, "incoming_row");
  gpointer outgoing = screen_part (wizard->servers, SETUP_TYPE_SERVERS, "outgoing_row");

  fill_person (wizard, " ana@example.org ", "secret");
  screen_click (wizard->next);
  g_assert_cmpstr (get_page (wizard), ==, "servers");
  g_assert_nonnull (strstr (adw_preferences_row_get_title (incoming), ".example.org, encrypted."));
  g_assert_nonnull (strstr (adw_preferences_row_get_title (outgoing), ".example.org, encrypted."));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (incoming), "stays on the server"));
  g_assert_false (gtk_widget_get_visible (screen_part (wizard->servers, SETUP_TYPE_SERVERS, "fields")));
  screen_picture (wizard->window, "setup-servers");
}

static void
test_pop3_takes_other_servers (Wizard *wizard, gconstpointer data)
{
  gpointer incoming = screen_part (wizard->servers, SETUP_TYPE_SERVERS, "incoming_row");

  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  g_assert_nonnull (strstr (adw_preferences_row_get_title (incoming), "imap.example.org"));
  g_assert_false (gtk_widget_get_visible (screen_part (wizard->servers, SETUP_TYPE_SERVERS, "leave_group")));
  choose_pop3 (wizard);
  g_assert_nonnull (strstr (adw_preferences_row_get_title (incoming), "pop.example.org"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (incoming), "14 days"));
  g_assert_cmpstr (gtk_editable_get_text (server_part (wizard, ACCOUNT_INCOMING, "port_row")), ==, "995");
  g_assert_true (gtk_widget_get_visible (screen_part (wizard->servers, SETUP_TYPE_SERVERS, "leave_group")));
}

static void
test_protocol_keeps_what_was_typed (Wizard *wizard, gconstpointer data)
{
  gpointer host = server_part (wizard, ACCOUNT_INCOMING, "host_row");

  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  screen_type (host, "mail.elsewhere.example");
  choose_pop3 (wizard);
  g_assert_cmpstr (gtk_editable_get_text (host), ==, "mail.elsewhere.example");
  g_assert_cmpstr (gtk_editable_get_text (server_part (wizard, ACCOUNT_INCOMING, "port_row")), ==, "995");
}

static void
test_change_keeps_what_was_typed (Wizard *wizard, gconstpointer data)
{
  gpointer host = server_part (wizard, ACCOUNT_INCOMING, "host_row");

  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  setup_servers_show_fields (wizard->servers);
  screen_type (host, "mail.elsewhere.example");
  screen_picture (wizard->window, "setup-servers-fields");
  screen_click (wizard->back);
  screen_click (wizard->next);
  g_assert_cmpstr (gtk_editable_get_text (host), ==, "mail.elsewhere.example");
}

static void
test_port_follows_security (Wizard *wizard, gconstpointer data)
{
  gpointer port = server_part (wizard, ACCOUNT_INCOMING, "port_row");
  gpointer security = server_part (wizard, ACCOUNT_INCOMING, "security_row");

  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  g_assert_cmpstr (gtk_editable_get_text (port), ==, "993");
  adw_combo_row_set_selected (security, MAIL_SECURITY_STARTTLS);
  g_assert_cmpstr (gtk_editable_get_text (port), ==, "143");
  screen_type (port, "1234");
  adw_combo_row_set_selected (security, MAIL_SECURITY_TLS);
  g_assert_cmpstr (gtk_editable_get_text (port), ==, "1234");
}

static void
test_plain_text_is_warned_of (Wizard *wizard, gconstpointer data)
{
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  g_assert_false (gtk_widget_get_visible (server_part (wizard, ACCOUNT_INCOMING, "warning_row")));
  adw_combo_row_set_selected (server_part (wizard, ACCOUNT_INCOMING, "security_row"), MAIL_SECURITY_PLAINTEXT);
  g_assert_true (gtk_widget_get_visible (server_part (wizard, ACCOUNT_INCOMING, "warning_row")));
}

static void
test_bad_port_opens_the_fields (Wizard *wizard, gconstpointer data)
{
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  screen_type (server_part (wizard, ACCOUNT_OUTGOING, "port_row"), "70000");
  screen_click (wizard->next);
  g_assert_cmpstr (get_page (wizard), ==, "servers");
  g_assert_true (gtk_widget_get_visible (screen_part (wizard->servers, SETUP_TYPE_SERVERS, "fields")));
  g_assert_true (gtk_widget_get_visible (server_part (wizard, ACCOUNT_OUTGOING, "problem_label")));
}

/* The test */

static void
test_all_good (Wizard *wizard, gconstpointer data)
{
  g_autoptr (TestServer) pop = test_server_new ();
  g_autoptr (TestServer) smtp = test_server_new ();
  g_autoptr (Account) account = NULL;

  test_server_add_func (pop, play_pop, (gpointer) "+OK");
  test_server_add_func (smtp, play_smtp, (gpointer) "235 ok");
  go_to_test (wizard, pop, smtp, MAIL_SECURITY_PLAINTEXT);
  screen_wait (is_done, wizard);
  screen_picture (wizard->window, "setup-done");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wizard->screen.accounts)), ==, 1);
  account = g_list_model_get_item (G_LIST_MODEL (wizard->screen.accounts), 0);
  g_assert_true (wizard->added == account);
  g_assert_cmpint (account_get_id (account), >, 0);
  g_assert_cmpstr (account_get_person_name (account), ==, "Ana Ruiz");
}

static void
test_wrong_password (Wizard *wizard, gconstpointer data)
{
  g_autoptr (TestServer) pop = test_server_new ();
  g_autoptr (TestServer) smtp = test_server_new ();

  test_server_add_func (pop, play_pop, (gpointer) "-ERR [AUTH] no");
  test_server_add_func (smtp, play_smtp, (gpointer) "235 ok");
  go_to_test (wizard, pop, smtp, MAIL_SECURITY_PLAINTEXT);
  screen_wait (is_over, wizard);
  assert_subtitle (wizard->incoming, "did not accept the password");
  assert_subtitle (wizard->outgoing, "works");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wizard->screen.accounts)), ==, 0);
  screen_picture (wizard->window, "setup-test-password");
  screen_click (screen_part (wizard->incoming, SETUP_TYPE_CHECK_ROW, "help_button"));
  assert_problem (wizard, "password_row", "did not accept");
}

static void
test_no_server_there (Wizard *wizard, gconstpointer data)
{
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  fill_server (wizard, ACCOUNT_INCOMING, 1, MAIL_SECURITY_TLS);
  fill_server (wizard, ACCOUNT_OUTGOING, 1, MAIL_SECURITY_TLS);
  screen_click (wizard->next);
  screen_wait (is_over, wizard);
  assert_subtitle (wizard->incoming, "localhost");
  screen_picture (wizard->window, "setup-test-no-server");
  screen_click (screen_part (wizard->incoming, SETUP_TYPE_CHECK_ROW, "help_button"));
  g_assert_cmpstr (get_page (wizard), ==, "servers");
  g_assert_true (gtk_widget_get_visible (screen_part (wizard->servers, SETUP_TYPE_SERVERS, "fields")));
}

static void
test_save_anyway (Wizard *wizard, gconstpointer data)
{
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  fill_server (wizard, ACCOUNT_INCOMING, 1, MAIL_SECURITY_TLS);
  fill_server (wizard, ACCOUNT_OUTGOING, 1, MAIL_SECURITY_TLS);
  screen_click (wizard->next);
  screen_wait (is_over, wizard);
  screen_click (screen_part (wizard->test, SETUP_TYPE_TEST, "save_button"));
  screen_wait (is_done, wizard);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wizard->screen.accounts)), ==, 1);
}

static void
test_unknown_certificate (Wizard *wizard, gconstpointer data)
{
  g_autoptr (TestServer) pop = test_server_new ();
  g_autoptr (TestServer) smtp = test_server_new ();
  GtkWindow *dialog;

  /* The system does not know the test's CA. */
  test_server_add_script (pop, "TLS?\n");
  test_server_add_func (pop, play_pop_over_tls, (gpointer) "+OK");
  test_server_add_func (smtp, play_smtp, (gpointer) "454 later");
  test_server_set_repeat (smtp, TRUE);
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  fill_server (wizard, ACCOUNT_INCOMING, test_server_get_port (pop), MAIL_SECURITY_TLS);
  fill_server (wizard, ACCOUNT_OUTGOING, test_server_get_port (smtp), MAIL_SECURITY_PLAINTEXT);
  screen_click (wizard->next);
  screen_wait (is_over, wizard);
  assert_subtitle (wizard->incoming, "could not prove");
  screen_picture (wizard->window, "setup-test-certificate");
  screen_click (screen_part (wizard->incoming, SETUP_TYPE_CHECK_ROW, "help_button"));

  dialog = screen_find_window ("Certificate Refused");
  g_assert_nonnull (dialog);
  screen_picture (dialog, "setup-certificate");
  g_assert_true (gtk_window_get_default_widget (dialog) == screen_part (dialog, G_OBJECT_TYPE (dialog), "refuse_button"));
  screen_click (screen_part (dialog, G_OBJECT_TYPE (dialog), "trust_button"));
  screen_wait (is_over, wizard);
  assert_subtitle (wizard->incoming, "works");
}

/* Broken servers: what each does, and what is said of it */

typedef struct
{
  const char *name;
  const char *script;
  MailSecurity security;
  TestCertificateKind certificate;
  const char *words;
  const char *button;
} Broken;

static const Broken broken[] = {
  { "closes-at-once", "MAYBE\n", MAIL_SECURITY_PLAINTEXT, TEST_CERTIFICATE_GOOD, "hung up at once", "Change _Servers" },
  { "cuts-at-once", "CUT\n", MAIL_SECURITY_PLAINTEXT, TEST_CERTIFICATE_GOOD, "hung up at once", "Change _Servers" },
  { "speaks-something-else", "MAYBE\nS: HTTP/1.1 400 Bad Request\n", MAIL_SECURITY_PLAINTEXT, TEST_CERTIFICATE_GOOD, "makes no sense", "Change _Servers" },
  { "offers-no-encryption", "MAYBE\nS: +OK hello\nC~\nS: -ERR what?\nC~\nS: -ERR what?\nWAIT 20000\n", MAIL_SECURITY_STARTTLS, TEST_CERTIFICATE_GOOD,
    "offers no encryption", "Change _Servers" },
  { "answers-in-the-clear", "MAYBE\nS: +OK hello\nWAIT 20000\n", MAIL_SECURITY_TLS, TEST_CERTIFICATE_GOOD, "no encryption", "Change _Servers" },
  { "has-an-expired-certificate", "TLS?\n", MAIL_SECURITY_TLS, TEST_CERTIFICATE_EXPIRED, "could not prove", "Show _Certificate…" },
  { "has-another-one-s-certificate", "TLS?\n", MAIL_SECURITY_TLS, TEST_CERTIFICATE_WRONG_HOST, "could not prove", "Show _Certificate…" },
  { "has-made-its-certificate-itself", "TLS?\n", MAIL_SECURITY_TLS, TEST_CERTIFICATE_SELF_SIGNED, "could not prove", "Show _Certificate…" },
};

static void
test_broken (Wizard *wizard, gconstpointer data)
{
  const Broken *server = data;
  g_autoptr (TestServer) pop = test_server_new ();
  g_autoptr (TestServer) smtp = test_server_new ();
  GtkButton *help = screen_part (wizard->incoming, SETUP_TYPE_CHECK_ROW, "help_button");

  test_server_set_certificate (pop, server->certificate);
  test_server_add_script (pop, server->script);
  test_server_set_repeat (pop, TRUE);
  test_server_add_func (smtp, play_smtp, (gpointer) "235 ok");
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  fill_server (wizard, ACCOUNT_INCOMING, test_server_get_port (pop), server->security);
  fill_server (wizard, ACCOUNT_OUTGOING, test_server_get_port (smtp), MAIL_SECURITY_PLAINTEXT);
  screen_click (wizard->next);
  screen_wait (is_over, wizard);
  assert_subtitle (wizard->incoming, server->words);
  g_assert_cmpstr (gtk_button_get_label (help), ==, server->button);
  assert_subtitle (wizard->outgoing, "works");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wizard->screen.accounts)), ==, 0);
  screen_picture (wizard->window, server->name);
}

/* Without a network no server is wrong. */
static void
test_offline (Wizard *wizard, gconstpointer data)
{
  static const int codes[] = { BASE_ERROR_NETWORK, BASE_ERROR_HOST_NOT_FOUND };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, codes[i], "no way");

      setup_check_row_start (wizard->incoming, "pop.example.org");
      setup_check_row_end (wizard->incoming, error, FALSE);
      assert_subtitle (wizard->incoming, "This computer is not online");
      g_assert_cmpstr (gtk_button_get_label (screen_part (wizard->incoming, SETUP_TYPE_CHECK_ROW, "help_button")), ==, "_Try Again");
    }
}

static void
test_sending_fails (Wizard *wizard, gconstpointer data)
{
  g_autoptr (TestServer) pop = test_server_new ();
  AdwStatusPage *done = screen_part (wizard->window, SETUP_TYPE_WINDOW, "done_page");

  test_server_add_func (pop, play_pop, (gpointer) "+OK");
  fill_person (wizard, "ana@example.org", "secret");
  screen_click (wizard->next);
  fill_server (wizard, ACCOUNT_INCOMING, test_server_get_port (pop), MAIL_SECURITY_PLAINTEXT);
  fill_server (wizard, ACCOUNT_OUTGOING, 1, MAIL_SECURITY_TLS);
  screen_click (wizard->next);
  screen_wait (is_over, wizard);
  assert_subtitle (wizard->incoming, "works");
  assert_subtitle (wizard->outgoing, "takes no mail connections");
  screen_click (screen_part (wizard->test, SETUP_TYPE_TEST, "save_button"));
  screen_wait (is_done, wizard);
  g_assert_nonnull (strstr (adw_status_page_get_description (done), "Sending does not work yet"));
  screen_picture (wizard->window, "setup-done-without-sending");
}

static void
test_back_gives_up (Wizard *wizard, gconstpointer data)
{
  g_autoptr (TestServer) pop = test_server_new ();
  g_autoptr (TestServer) smtp = test_server_new ();

  test_server_add_script (pop, "MAYBE\nWAIT 60000\n");
  test_server_add_script (smtp, "MAYBE\nWAIT 60000\n");
  test_server_set_repeat (pop, TRUE);
  test_server_set_repeat (smtp, TRUE);
  go_to_test (wizard, pop, smtp, MAIL_SECURITY_PLAINTEXT);
  screen_picture (wizard->window, "setup-testing");
  gtk_window_set_default_size (GTK_WINDOW (wizard->window), 340, 500);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  screen_picture (wizard->window, "setup-testing-narrow-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  screen_click (wizard->back);
  g_assert_cmpstr (get_page (wizard), ==, "servers");
}

#define TEST(path, function) g_test_add ("/app/setup/" path, Wizard, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  TEST ("fields/have-names", test_fields_have_names);
  TEST ("incomplete-address/is-said-by-the-field", test_incomplete_address);
  TEST ("address-that-has-an-account/is-said", test_address_that_is_there);
  TEST ("no-password/is-said", test_no_password);
  TEST ("servers/are-guessed-and-told-in-words", test_guess_in_words);
  TEST ("servers/pop3-takes-other-ones", test_pop3_takes_other_servers);
  TEST ("servers/another-protocol-keeps-what-was-typed", test_protocol_keeps_what_was_typed);
  TEST ("servers/keep-what-was-typed", test_change_keeps_what_was_typed);
  TEST ("port/follows-the-security-while-it-is-the-default", test_port_follows_security);
  TEST ("plain-text/is-warned-of", test_plain_text_is_warned_of);
  TEST ("bad-port/opens-the-fields", test_bad_port_opens_the_fields);
  TEST ("both-servers-work/account-is-saved", test_all_good);
  TEST ("wrong-password/leads-back-to-the-password", test_wrong_password);
  TEST ("nobody-listens/leads-to-the-servers", test_no_server_there);
  TEST ("save-anyway/account-is-saved", test_save_anyway);
  TEST ("unknown-certificate/can-be-trusted-for-this-server", test_unknown_certificate);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/setup/server-that-%s/is-said-in-words", broken[i].name);

      g_test_add (path, Wizard, &broken[i], set_up, test_broken, tear_down);
    }
  TEST ("offline/is-no-server-s-fault", test_offline);
  TEST ("sending-fails/is-said-at-the-end-too", test_sending_fails);
  TEST ("back-while-testing/gives-up-at-once", test_back_gives_up);
  return g_test_run ();
}
