/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's card that came with a message. */
#include "reader-card.h"

#include "base-config.h"
#include "mail-lines.h"
#include "reader-web.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More of a kind than this are in the card only. */
#define MAX_SHOWN 4

struct _ReaderCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  AdwAvatar *avatar;
  AdwBin *photo;         /* over the avatar, once there is something to see */
  GtkLabel *name;
  GtkLabel *work;
  GtkLabel *addresses;
  GtkLabel *numbers;
  GtkButton *add;
};

G_DEFINE_FINAL_TYPE (ReaderCard, reader_card, GTK_TYPE_WIDGET)

/* (transfer full): the first few, with commas between */
static char *
join (char **texts)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  guint n = g_strv_length (texts);

  for (guint i = 0; i < MIN (n, MAX_SHOWN); i++)
    {
      g_autofree char *line = mail_lines_clean (texts[i]);

      g_string_append_printf (joined, "%s%s", i ? ", " : "", line);
    }
  if (n > MAX_SHOWN)
    /* Translators: of several addresses or numbers some are not named */
    g_string_append_printf (joined, ngettext (" and %u more", " and %u more", n - MAX_SHOWN), n - MAX_SHOWN);
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
show_line (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static char *
dup_work (const MailCard *card)
{
  g_autofree char *title = mail_card_dup_text (card, "TITLE");
  g_auto (GStrv) company = mail_card_dup_components (card, "ORG", 1);
  g_autofree char *both = g_strconcat (title ? title : "", title && *title && *company[0] ? ", " : "", company[0], NULL);

  return mail_lines_clean (both);
}

/* A telephone number may be written as a link (RFC 6350 §6.4.1). */
static char **
list_numbers (const MailCard *card)
{
  char **numbers = mail_card_dup_texts (card, "TEL");

  for (char **number = numbers; *number; number++)
    if (g_ascii_strncasecmp (*number, "tel:", 4) == 0)
      {
        char *bare = g_strdup (*number + 4);

        g_free (*number);
        *number = bare;
      }
  return numbers;
}

/* The picture */

#define PHOTO_PAGE "<!DOCTYPE html><html><body style=\"margin:0;height:100vh;background:url(cid:photo) center/cover no-repeat\"></body></html>"

typedef struct
{
  GBytes *bytes;
  const char *type;
} Photo;

static void
photo_free (gpointer data)
{
  Photo *photo = data;

  g_bytes_unref (photo->bytes);
  g_free (photo);
}

static GBytes *
get_photo (const char *content_id, const char **type, gpointer data)
{
  Photo *photo = data;

  *type = photo->type;
  return g_bytes_ref (photo->bytes);
}

static void
on_photo_settled (ReaderCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->photo), TRUE);
}

/* The name's letters are there all the same. */
static void
on_photo_broken (ReaderCard *self, const GError *error)
{
  gtk_widget_set_visible (GTK_WIDGET (self->photo), FALSE);
}

static void
show_photo (ReaderCard *self, const MailCard *card, GtkWidget *related)
{
  g_autofree char *folder = reader_web_dup_folder ();
  const char *type;
  g_autoptr (GBytes) bytes = mail_card_dup_photo (card, &type);
  const WebApi *api = bytes ? reader_web_load (NULL) : NULL;
  WebPage page = { .html = PHOTO_PAGE, .get_part = get_photo, .destroy = photo_free };
  Photo *photo;
  GtkWidget *view;

  if (!api)
    return;
  photo = g_new (Photo, 1);
  photo->bytes = g_steal_pointer (&bytes);
  photo->type = type;
  page.data = photo;
  view = api->new_view (folder, related);
  g_signal_connect_object (view, "settled", G_CALLBACK (on_photo_settled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "broken", G_CALLBACK (on_photo_broken), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->photo, view);
  api->show (view, &page);
}

static void
show (ReaderCard *self, const MailCard *card)
{
  g_autofree char *full = mail_card_dup_name (card);
  g_autofree char *name = mail_lines_clean (full);
  g_autofree char *work = dup_work (card);
  g_auto (GStrv) emails = mail_card_dup_emails (card);
  g_auto (GStrv) tels = list_numbers (card);
  g_autofree char *addresses = join (emails);
  g_autofree char *numbers = join (tels);
  g_autoptr (GString) text = g_string_new (NULL);

  adw_avatar_set_text (self->avatar, name);
  show_line (self->name, name);
  show_line (self->work, work);
  show_line (self->addresses, addresses);
  show_line (self->numbers, numbers);
  mail_card_write (card, text, 4);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", text->str);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "app.add-contact");
}

static void
reader_card_dispose (GObject *object)
{
  g_clear_pointer (&READER_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_card_parent_class)->dispose (object);
}

static void
reader_card_class_init (ReaderCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, photo);
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, name);
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, work);
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, addresses);
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, numbers);
  gtk_widget_class_bind_template_child (widget_class, ReaderCard, add);
}

static void
reader_card_init (ReaderCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ReaderCard *
reader_card_new (const MailCard *card, gboolean with_photo, GtkWidget *related)
{
  ReaderCard *self = g_object_new (READER_TYPE_CARD, NULL);

  show (self, card);
  if (with_photo)
    show_photo (self, card, related);
  return self;
}

GtkWidget *
reader_card_get_photo (ReaderCard *self)
{
  return adw_bin_get_child (self->photo);
}
