/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the dialog that asks who gets a message next: it takes recipients as the composer does, and says what is wrong with them. */
#include "composer-redirect.h"
#include "recipients-chip.h"
#include "recipients-entry.h"
#include "screen-test.h"

#include <string.h>

typedef struct
{
  Screen screen;
  ModelContacts *contacts;
  ComposerRedirect *dialog;   /* NULL when it has closed itself */
  RecipientsEntry *entry;
  gpointer accept;
  char *accepted;
} Asking;

static void
on_accepted (ComposerRedirect *dialog, const char *to, Asking *asking)
{
  g_assert_null (asking->accepted);
  asking->accepted = g_strdup (to);
}

static void
set_up (Asking *asking, gconstpointer data)
{
  screen_set_up (&asking->screen, NULL);
  asking->contacts = model_contacts_new (asking->screen.store);
  asking->dialog = composer_redirect_new (asking->screen.parent, asking->contacts);
  g_object_add_weak_pointer (G_OBJECT (asking->dialog), (gpointer *) &asking->dialog);
  g_signal_connect (asking->dialog, "accepted", G_CALLBACK (on_accepted), asking);
  asking->entry = screen_part (asking->dialog, COMPOSER_TYPE_REDIRECT, "to_entry");
  asking->accept = screen_part (asking->dialog, COMPOSER_TYPE_REDIRECT, "accept_button");
  gtk_window_present (GTK_WINDOW (asking->dialog));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (asking->dialog));
}

static gboolean
is_gone (gpointer data)
{
  return ((Asking *) data)->contacts == NULL;
}

static void
tear_down (Asking *asking, gconstpointer data)
{
  if (asking->dialog)
    gtk_window_destroy (GTK_WINDOW (asking->dialog));
  g_object_add_weak_pointer (G_OBJECT (asking->contacts), (gpointer *) &asking->contacts);
  g_object_unref (asking->contacts);
  screen_wait (is_gone, asking);
  g_free (asking->accepted);
  screen_tear_down (&asking->screen, NULL);
}

static const char *
get_problem (Asking *asking)
{
  GtkWidget *label = screen_part (asking->dialog, COMPOSER_TYPE_REDIRECT, "problem_label");

  return gtk_widget_get_visible (label) ? gtk_label_get_label (GTK_LABEL (label)) : "";
}

static void
test_chips (Asking *asking, gconstpointer data)
{
  g_object_set (asking->entry, "addresses", "Tom Berg <tom@example.org>", NULL);
  screen_type (asking->entry, "eve@example.org");
  g_assert_true (RECIPIENTS_IS_CHIP (gtk_widget_get_first_child (GTK_WIDGET (asking->entry))));
  screen_picture (asking->dialog, "composer-redirect");
  screen_click (asking->accept);
  g_assert_cmpstr (asking->accepted, ==, "Tom Berg <tom@example.org>, eve@example.org");
  g_assert_cmpstr (get_problem (asking), ==, "");
  composer_redirect_end (asking->dialog, NULL);
  g_assert_null (asking->dialog);
}

static void
test_focus (Asking *asking, gconstpointer data)
{
  gpointer text = screen_part (asking->entry, RECIPIENTS_TYPE_ENTRY, "text");

  g_assert_true (gtk_window_get_focus (GTK_WINDOW (asking->dialog)) == text);
}

static gboolean
is_accepted (gpointer data)
{
  return ((Asking *) data)->accepted != NULL;
}

static void
test_return (Asking *asking, gconstpointer data)
{
  g_object_set (asking->entry, "addresses", "tom@example.org", NULL);
  g_signal_emit_by_name (screen_part (asking->entry, RECIPIENTS_TYPE_ENTRY, "text"), "activate");
  screen_wait (is_accepted, asking); /* a button that is activated by a key shows it for a moment */
  g_assert_cmpstr (asking->accepted, ==, "tom@example.org");
}

static void
test_nobody (Asking *asking, gconstpointer data)
{
  screen_click (asking->accept);
  g_assert_null (asking->accepted);
  g_assert_cmpstr (get_problem (asking), ==, "Say who the message goes to, as ana@example.org.");
  screen_type (asking->entry, "t");
  g_assert_cmpstr (get_problem (asking), ==, "");
}

static void
test_incomplete (Asking *asking, gconstpointer data)
{
  g_object_set (asking->entry, "addresses", "tom@example.org, Eve", NULL);
  screen_click (asking->accept);
  g_assert_null (asking->accepted);
  g_assert_cmpstr (get_problem (asking), ==, "“Eve” is not a complete e-mail address.");
  screen_picture (asking->dialog, "composer-redirect-problem");
}

static void
test_failure (Asking *asking, gconstpointer data)
{
  g_object_set (asking->entry, "addresses", "tom@example.org", NULL);
  screen_click (asking->accept);
  g_assert_false (gtk_widget_get_sensitive (asking->accept));
  composer_redirect_end (asking->dialog, "The disk is full.");
  g_assert_cmpstr (get_problem (asking), ==, "The disk is full.");
  g_assert_true (gtk_widget_get_sensitive (asking->accept));
}

#define TEST(path, function) g_test_add ("/app/composer-redirect/" path, Asking, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  TEST ("recipients/are-chips-and-what-is-typed", test_chips);
  TEST ("opened/the-recipients-have-the-focus", test_focus);
  TEST ("return-where-nothing-is-typed/redirects", test_return);
  TEST ("nobody/is-said-until-somebody-types", test_nobody);
  TEST ("incomplete-address/is-named", test_incomplete);
  TEST ("failure/is-said-and-can-be-tried-again", test_failure);
  return g_test_run ();
}
