/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message invites to: what, when, where, by whom. */
#include "reader-invitation.h"

#include "base-config.h"
#include "mail-lines.h"
#include "reader-recurrence.h"
#include "reader-row.h"

#include <glib/gi18n.h>

#define MAX_OTHERS 8 /* events that are named besides the first */

struct _ReaderInvitation
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *kind;
  GtkLabel *summary;
  GtkLabel *when;
  GtkLabel *where;
  GtkLabel *others;
  GtkLabel *organizer;
  GtkLabel *state;
  GtkButton *accept;
  GtkButton *maybe;
  GtkButton *decline;
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

/* "10:00 in Europe/Berlin", where that is another hour than ours */
static char *
dup_their_hour (const MailInvitation *invitation, GDateTime *start)
{
  g_autofree char *hour = NULL;

  if (invitation->is_all_day || invitation->is_floating || !*invitation->zone
      || g_date_time_get_utc_offset (invitation->start) == g_date_time_get_utc_offset (start))
    return NULL;
  hour = g_date_time_format (invitation->start, "%H:%M");
  /* Translators: an hour, and a zone as "Europe/Berlin" */
  return g_strdup_printf (_("%1$s in %2$s"), hour, invitation->zone);
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
  g_autofree char *theirs = dup_their_hour (invitation, start);
  g_autofree char *often = reader_recurrence_dup_words (invitation);
  g_autoptr (GString) text = g_string_new (NULL);

  if (until)
    /* Translators: from a time until a time */
    g_string_append_printf (text, _("%1$s to %2$s"), from, until);
  else
    g_string_append (text, from);
  if (invitation->is_floating)
    g_string_append_printf (text, " (%s)", _("the organizer’s time"));
  else if (theirs)
    g_string_append_printf (text, " (%s)", theirs);
  if (often)
    g_string_append_printf (text, " · %s", often);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Of an answer: whose and what */
static char *
dup_answer (const MailInvitation *invitation)
{
  const MailAttendee *attendee = invitation->attendees->len ? g_ptr_array_index (invitation->attendees, 0) : NULL;

  switch (attendee ? attendee->participation : MAIL_PARTICIPATION_NONE)
    {
    case MAIL_PARTICIPATION_ACCEPTED:
      return mail_lines_put_in (_("%s accepted the invitation"), attendee->name);
    case MAIL_PARTICIPATION_TENTATIVE:
      return mail_lines_put_in (_("%s may come"), attendee->name);
    case MAIL_PARTICIPATION_DECLINED:
      return mail_lines_put_in (_("%s declined the invitation"), attendee->name);
    case MAIL_PARTICIPATION_NONE:
    default:
      return g_strdup (_("Answer to an invitation"));
    }
}

static char *
dup_kind (const MailInvitation *invitation)
{
  const MailAttendee *attendee = invitation->attendees->len ? g_ptr_array_index (invitation->attendees, 0) : NULL;

  switch (invitation->kind)
    {
    case MAIL_INVITATION_REQUEST:
      return g_strdup (*invitation->instance ? _("Invitation to one of several") : _("Invitation"));
    case MAIL_INVITATION_CANCEL:
      return g_strdup (*invitation->instance ? _("Cancelled: one of several") : _("Cancelled"));
    case MAIL_INVITATION_REPLY:
      return dup_answer (invitation);
    case MAIL_INVITATION_COUNTER:
      return attendee ? mail_lines_put_in (_("%s proposes another time"), attendee->name) : g_strdup (_("Another time is proposed"));
    case MAIL_INVITATION_REFUSED:
      return g_strdup (_("The time that you proposed was declined"));
    case MAIL_INVITATION_EVENT:
    default:
      return g_strdup (_("Event"));
    }
}

/* What else stands in the same invitation, a line each */
static char *
dup_others (const MailInvitation *invitation, GTimeZone *zone)
{
  guint n = invitation->others->len;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MAX_OTHERS); i++)
    {
      const MailInvitation *event = g_ptr_array_index (invitation->others, i);
      g_autofree char *when = reader_invitation_dup_when (event, zone);

      /* One day of the series above, which is held otherwise than the others, has mostly the same name. */
      if (*event->summary && !g_str_equal (event->summary, invitation->summary))
        g_string_append_printf (text, "%s%s: %s", text->len ? "\n" : "", event->summary, when);
      else
        g_string_append_printf (text, "%s%s", text->len ? "\n" : "", when);
    }
  if (n > MAX_OTHERS)
    /* Translators: of several events some are not named */
    g_string_append_printf (text, ngettext ("\nand %u more", "\nand %u more", n - MAX_OTHERS), n - MAX_OTHERS);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_line (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

/* Which of one's own addresses is invited */
static const MailAttendee *
find_own (const MailInvitation *invitation, AccountList *accounts)
{
  g_autoptr (GListStore) own = accounts ? account_identity_list (accounts) : NULL;
  const MailAttendee *found = NULL;

  for (guint i = 0; own && i < g_list_model_get_n_items (G_LIST_MODEL (own)) && !found; i++)
    {
      g_autoptr (AccountIdentity) identity = g_list_model_get_item (G_LIST_MODEL (own), i);

      found = mail_invitation_find_attendee (invitation, account_identity_get_address (identity));
    }
  return found;
}

static void
offer (GtkButton *button, gint64 id, const char *word, gboolean is_offered)
{
  gtk_widget_set_visible (GTK_WIDGET (button), is_offered);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(xs)", id, word);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.answer-invitation");
}

/* What was answered, and where an answer goes when that is not whence it came */
static char *
dup_state (ModelBody *body)
{
  const MailInvitation *invitation = model_body_get_invitation (body);
  GPtrArray *from = model_body_get_from (body);

  switch (model_body_get_participation (body))
    {
    case MAIL_PARTICIPATION_ACCEPTED:
      return g_strdup (_("You accepted."));
    case MAIL_PARTICIPATION_TENTATIVE:
      return g_strdup (_("You answered that you may come."));
    case MAIL_PARTICIPATION_DECLINED:
      return g_strdup (_("You declined."));
    case MAIL_PARTICIPATION_NONE:
    default:
      break;
    }
  for (guint i = 0; i < from->len; i++)
    if (mail_address_equal (((const MailAddress *) g_ptr_array_index (from, i))->address, invitation->organizer_address))
      return g_strdup ("");
  /* Translators: %s is an e-mail address */
  return g_strdup_printf (_("Your answer goes to %s, who did not send this message."), invitation->organizer_address);
}

static void
show_answers (ReaderInvitation *self, ModelBody *body, AccountList *accounts)
{
  const MailInvitation *invitation = model_body_get_invitation (body);
  gboolean is_asked = model_body_can_answer_invitation (body);
  gboolean may_answer = is_asked && find_own (invitation, accounts);
  MailParticipation given = model_body_get_participation (body);
  gint64 id = model_body_get_id (body);
  g_autofree char *state = may_answer ? dup_state (body) : g_strdup (is_asked && accounts ? _("None of your addresses is invited by this.") : "");

  show_line (self->state, state);
  offer (self->accept, id, "accept", may_answer && given != MAIL_PARTICIPATION_ACCEPTED);
  offer (self->maybe, id, "maybe", may_answer && given != MAIL_PARTICIPATION_TENTATIVE);
  offer (self->decline, id, "decline", may_answer && given != MAIL_PARTICIPATION_DECLINED);
}

void
reader_invitation_show (ReaderInvitation *self, ModelBody *body, AccountList *accounts)
{
  const MailInvitation *invitation = body ? model_body_get_invitation (body) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *kind = invitation ? dup_kind (invitation) : NULL;
  g_autofree char *when = invitation ? reader_invitation_dup_when (invitation, zone) : NULL;
  g_autofree char *others = invitation ? dup_others (invitation, zone) : NULL;
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
  show_line (self->others, others);
  gtk_button_set_label (self->accept, *others ? _("_Accept All") : _("_Accept"));
  gtk_button_set_label (self->decline, *others ? _("_Decline All") : _("_Decline"));
  show_line (self->organizer, organizer ? organizer : "");
  show_answers (self, body, accounts);
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
  g_type_ensure (READER_TYPE_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-invitation.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, kind);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, summary);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, when);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, where);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, others);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, organizer);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, state);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, accept);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, maybe);
  gtk_widget_class_bind_template_child (widget_class, ReaderInvitation, decline);
}

static void
reader_invitation_init (ReaderInvitation *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
