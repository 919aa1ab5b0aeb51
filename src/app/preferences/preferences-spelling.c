/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages of the spelling, as rows to be ticked. */
#include "preferences-spelling.h"

#include "app-languages.h"

#include <glib/gi18n.h>

struct _PreferencesSpelling
{
  AdwExpanderRow parent_instance;
  AppSpelling *spelling;
};

G_DEFINE_FINAL_TYPE (PreferencesSpelling, preferences_spelling, ADW_TYPE_EXPANDER_ROW)

static void
show_languages (PreferencesSpelling *self)
{
  g_auto (GStrv) languages = app_spelling_dup_languages (self->spelling);
  g_autofree char *list = NULL;

  for (char **tag = languages; *tag; tag++)
    {
      g_autofree char *code = *tag;

      *tag = app_languages_dup_name (code);
    }
  /* Translators: between the names of languages in a list */
  list = g_strjoinv (_(", "), languages);
  if (!*app_spelling_get_installed (self->spelling))
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                   _("No dictionary is installed. Your system’s software has one for most languages; their names begin with “hunspell”."));
  else
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), *list ? list : _("Spelling is not checked."));
}

static void
add_language (PreferencesSpelling *self, const char *tag)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = app_languages_dup_name (tag);
  g_autofree char *action = g_strconcat ("spelling.", tag, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (check), action);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
preferences_spelling_dispose (GObject *object)
{
  g_clear_object (&PREFERENCES_SPELLING (object)->spelling);
  G_OBJECT_CLASS (preferences_spelling_parent_class)->dispose (object);
}

static void
preferences_spelling_class_init (PreferencesSpellingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = preferences_spelling_dispose;
}

static void
preferences_spelling_init (PreferencesSpelling *self)
{
}

void
preferences_spelling_set_spelling (PreferencesSpelling *self, AppSpelling *spelling)
{
  g_return_if_fail (!self->spelling);

  self->spelling = g_object_ref (spelling);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "spelling", app_spelling_get_actions (spelling));
  for (const char *const *tag = app_spelling_get_installed (spelling); *tag; tag++)
    add_language (self, *tag);
  g_signal_connect_object (spelling, "notify::chosen", G_CALLBACK (show_languages), self, G_CONNECT_SWAPPED);
  show_languages (self);
}
