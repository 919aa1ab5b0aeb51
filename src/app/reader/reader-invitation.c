/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message invites to: what, when, where, by whom. */
#include "reader-invitation.h"

#include "base-config.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ReaderInvitation
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *kind;
  GtkLabel *summary;
  GtkLabel *when;
  GtkLabel *where;
  GtkLabel *organizer;
};

G_DEFINE_FINAL_TYPE (ReaderInvitation, reader_invitation, GTK_TYPE_WIDGET)

/* Hours of an unknown zone stay as they are. */
static GDateTime *
to_zone (const MailInvitation *invitation, GDateTime *time, GTimeZone *zone)
{
  return invitation->is_all_day || invitation->is_floating ? g_date_time_ref (time) : g_date_time_to_timezone (time, zone);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
reader_invitation_dup_when (const MailInvitation *invitation, GTimeZone *zone)
{
  g_autoptr (GDateTime) start = to_zone (invitation, invitation->start, zone);
  g_autoptr (GDateTime) end = invitation->end ? to_zone (invitation, invitation->end, zone) : NULL;
  gboolean has_end = end && g_date_time_compare (end, start) > 0;
  /* Translators: a day, in g_date_time_format ()'s letters */
  const char *day = _("%A %-d %B %Y");
  /* Translators: a day and a time, in g_date_time_format ()'s letters */
  const char *day_and_time = _("%A %-d %B %Y, %H:%M");
  g_autofree char *from = g_date_time_format (start, invitation->is_all_day ? day : day_and_time);
  g_autofree char *until = has_end ? g_date_time_format (end, invitation->is_all_day ? day : is_same_day (start, end) ? "%H:%M" : day_and_time) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (until)
    /* Translators: from a time until a time */
    g_string_append_printf (text, _("%1$s to %2$s"), from, until);
  else
    g_string_append (text, from);
  if (invitation->is_floating)
    g_string_append_printf (text, " (%s)", _("the organizer’s time"));
  if (invitation->repeats)
    g_string_append_printf (text, " · %s", _("repeats"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "Ana:ACCEPTED" */
static char *
dup_answer (const char *answer)
{
  static const struct { const char *word, *sentence; } words[] = {
    { "ACCEPTED", N_("%s accepted the invitation") },
    { "DECLINED", N_("%s declined the invitation") },
    { "TENTATIVE", N_("%s may come") },
  };
  const char *colon = strrchr (answer, ':');
  g_autofree char *person = colon ? g_strndup (answer, (gsize) (colon - answer)) : NULL;

  for (gsize i = 0; colon && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (colon + 1, words[i].word) == 0)
      {
        g_auto (GStrv) parts = g_strsplit (_(words[i].sentence), "%s", 2);

        return g_strjoinv (person, parts);
      }
  return g_strdup (_("Answer to an invitation"));
}

static char *
dup_kind (const MailInvitation *invitation)
{
  switch (invitation->kind)
    {
    case MAIL_INVITATION_REQUEST:
      return g_strdup (_("Invitation"));
    case MAIL_INVITATION_CANCEL:
      return g_strdup (_("Cancelled"));
    case MAIL_INVITATION_REPLY:
      return dup_answer (invitation->answer);
    case MAIL_INVITATION_EVENT:
    default:
      return g_strdup (_("Event"));
    }
}

static void
show_line (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

void
reader_invitation_show (ReaderInvitation *self, const MailInvitation *invitation)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *kind = invitation ? dup_kind (invitation) : NULL;
  g_autofree char *when = invitation ? reader_invitation_dup_when (invitation, zone) : NULL;
  g_autofree char *organizer = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), invitation != NULL);
  if (!invitation)
    return;
  if (*invitation->organizer)
    /* Translators: who invites; %s is a name or an e-mail address */
    organizer = g_strdup_printf (_("Organized by %s"), invitation->organizer);
  show_line (self->kind, kind);
  show_line (self->summary, *invitation->summary ? invitation->summary : _("(no subject)"));
  show_line (self->when, when);
  show_line (self->where, invitation->location);
  show_line (self->organizer, organizer ? organizer : "");
}

static void
reader_invitation_dispose (GObject *object)
{
  g_clear_pointer (&READER_INVITATION (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_invitation_parent_class)->dispose (object);
}

static void
reader_invitation_class_init (ReaderInvitationClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_invitation_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-invitation.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, kind);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, summary);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, when);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, where);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, organizer);
}

static void
reader_invitation_init (ReaderInvitation *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
