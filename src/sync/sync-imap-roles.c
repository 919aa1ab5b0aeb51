/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of mailboxes with a task. */
#include "sync-imap-roles.h"

#include <string.h>

const MailRole sync_imap_roles_needed[5] = { MAIL_ROLE_DRAFTS, MAIL_ROLE_SENT, MAIL_ROLE_JUNK, MAIL_ROLE_TRASH, MAIL_ROLE_ARCHIVE };

/* Case-folded. The usual English names first: they are what is made where there is none. */
static const char *const drafts[] = {
  "drafts", "draft", "draft messages", "entwürfe", "entwurf", "brouillons", "brouillon", "borradores", "borrador",
  "bozze", "bozza", "rascunhos", "rascunho", "concepten", "utkast", "kladder", "kladde", "luonnokset", "szkice",
  "kopie robocze", "wersje robocze", "robocze", "koncepty", "rozepsané", "piszkozatok", "vázlatok", "ciorne", "schițe",
  "черновики", "чернетки", "чернови", "πρόχειρα", "taslaklar", "esborranys", "zirriborroak", "drög", "mustandid",
  "melnraksti", "juodraščiai", "osnutki", "skice", "nacrti", "draf", "nháp", "thư nháp", "草稿", "草稿夹", "草稿箱",
  "草稿匣", "下書き", "임시보관함", "임시 보관함", "ฉบับร่าง", "טיוטות", "مسودات", "المسودات", "پیش‌نویس‌ها",
  "konceptai", "koncepter", "ร่าง", NULL
};
static const char *const sent[] = {
  "sent", "sent items", "sent mail", "sent messages", "sent-mail", "sentmail", "outgoing", "gesendet",
  "gesendete objekte", "gesendete elemente", "gesendete nachrichten", "gesendete", "envoyés", "éléments envoyés",
  "messages envoyés", "envoyé", "objets envoyés", "enviados", "elementos enviados", "mensajes enviados", "enviado",
  "itens enviados", "mensagens enviadas", "posta inviata", "inviati", "inviata", "messaggi inviati", "verzonden",
  "verzonden items", "verzonden berichten", "skickat", "skickade", "skickade objekt", "sendt", "sendte elementer",
  "sendt post", "sendte", "lähetetyt", "wysłane", "elementy wysłane", "odeslané", "odeslaná pošta", "odoslané",
  "elküldött", "elküldött elemek", "elküldött üzenetek", "trimise", "elemente trimise", "отправленные",
  "отправленные письма", "надіслані", "изпратени", "σταλμένα", "απεσταλμένα", "gönderilmiş öğeler", "gönderilenler",
  "gönderilmiş", "enviats", "bidalita", "saadetud", "nosūtītie", "išsiųsti", "poslano", "poslane", "poslata pošta",
  "terkirim", "đã gửi", "thư đã gửi", "已发送", "已发邮件", "已传送邮件", "寄件備份", "已傳送", "寄件匣", "送信済み",
  "送信済みアイテム", "送信済みメール", "보낸편지함", "보낸 편지함", "보낸 메일함", "รายการที่ส่ง", "דואר יוצא", "נשלחו",
  "المرسلة", "البريد المرسل", "ارسال شده", "correo enviado", "e-mail enviados", "e-mails enviados", "enviadas",
  "elements enviats", "elküldött levelek", "gönderilen", "gönderilmiş postalar", "gönderilmiş iletiler",
  "išsiųsti laiškai", "lähetetyt viestit", "mesaje trimise", "odeslané položky", "odoslaná pošta", "poslane stavke",
  "poslani predmeti", "saadetud kirjad", "sendir hlutir", "sendte beskeder", "sendte meldinger", "skickade meddelanden",
  "wysłana poczta", "σταλθέντα", "відправлені", "изпратена поща", "надіслані елементи", "отправленная почта",
  "отправленные элементы", "寄件匣備份", "已傳送的郵件", "已发送邮件", "已发送项目", "已寄出郵件", "送信済みメッセージ",
  "보낸 항목", "보낸메일함", NULL
};
static const char *const junk[] = {
  "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk mail", "bulk", "spamverdacht", "spam-verdacht",
  "unerwünscht", "werbung", "junk-e-mail", "courrier indésirable", "indésirables", "pourriel", "correo no deseado",
  "no deseado", "basura", "lixo eletrónico", "lixo eletrônico", "lixo electrónico", "posta indesiderata",
  "indesiderata", "ongewenst", "ongewenste e-mail", "reclame", "skräppost", "søppelpost", "uønsket", "uønsket post",
  "uønsket e-post", "spam-post", "roskaposti", "wiadomości-śmieci", "niechciane", "nevyžádaná pošta",
  "nevyžiadaná pošta", "levélszemét", "спам", "нежелательная почта", "небажана пошта", "нежелана поща", "ανεπιθύμητα",
  "önemsiz", "önemsiz e-posta", "gereksiz", "correu brossa", "brossa", "rämpspost", "mēstules", "šlamštas",
  "vsiljena pošta", "neželena pošta", "thư rác", "垃圾邮件", "垃圾邮件箱", "垃圾郵件", "迷惑メール", "스팸메일함",
  "스팸함", "정크 메일", "ขยะ", "דואר זבל", "البريد العشوائي", "هرزنامه", "correio eletrónico de lixo", "correo basura",
  "e-mail nedorit", "istenmeyen posta", "istenmeyen", "mesaje nedorite", "ongewenste reclame", "ruslpóstur",
  "søppel-e-post", "unerwünschte nachrichten", "unerwünschte werbung", "uønsket e-mail", "uønsket mail",
  "ανεπιθύμητη αλληλογραφία", "垃圾電郵", "스팸", "스팸 메일함", NULL
};
static const char *const trash[] = {
  "trash", "deleted", "deleted items", "deleted messages", "bin", "wastebasket", "papierkorb", "gelöscht",
  "gelöschte objekte", "gelöschte elemente", "gelöschte nachrichten", "corbeille", "éléments supprimés",
  "messages supprimés", "papelera", "elementos eliminados", "eliminados", "papelera de reciclaje", "lixeira", "lixo",
  "itens excluídos", "itens eliminados", "cestino", "posta eliminata", "eliminata", "elementi eliminati", "prullenbak",
  "prullenmand", "verwijderde items", "verwijderd", "papperskorg", "papperskorgen", "borttagna objekt", "borttaget",
  "papirkurv", "papirkurven", "slettede elementer", "slettet post", "slettet", "roskakori", "poistetut", "kosz",
  "elementy usunięte", "usunięte", "koš", "odstraněná pošta", "kôš", "odstránené", "kuka", "lomtár", "törölt elemek",
  "coș de gunoi", "elemente șterse", "gunoi", "корзина", "удаленные", "удалённые", "кошик", "видалені", "кошче",
  "изтрити", "κάδος απορριμμάτων", "διαγραμμένα", "απορρίμματα", "çöp kutusu", "silinmiş öğeler", "çöp", "paperera",
  "zakarrontzia", "prügikast", "miskaste", "šiukšliadėžė", "smetnjak", "smeće", "otpad", "kotak sampah", "sampah",
  "thùng rác", "已删除", "已删除邮件", "已删除的邮件", "垃圾箱", "垃圾桶", "刪除的郵件", "已刪除的郵件", "ゴミ箱",
  "ごみ箱", "削除済みアイテム", "휴지통", "지운 편지함", "ถังขยะ", "אשפה", "פריטים שנמחקו", "سلة المحذوفات", "المهملات",
  "العناصر المحذوفة", "زباله‌دان", "atkritne", "borttagna meddelanden", "coș", "elements suprimits", "eyddir hlutir",
  "izbrisane stavke", "izbrisano", "kustutatud", "mensagens apagadas", "mensajes eliminados", "mesaje șterse",
  "messaggi eliminati", "odstraněné", "odstraněné položky", "odstránená pošta", "poistetut viestit", "raderade",
  "ruslafata", "silinmiş", "silinmiş postalar", "slettede beskeder", "smeti", "törölt", "törölt üzenetek",
  "verwijderde berichten", "šiukšlinė", "κάδος", "видалені елементи", "удаленные сообщения", "удаленные элементы",
  "刪除的信件", "削除済みメッセージ", "废件箱", "废纸篓", "삭제된 메시지", "지운 항목", NULL
};
static const char *const archive[] = {
  "archive", "archives", "archived", "archiv", "archief", "archivio", "archivo", "archivados", "arquivo", "arquivos",
  "arquivados", "arkiv", "arkisto", "archiwum", "archív", "archivum", "archívum", "arhivă", "arhiva", "arhiv", "архив",
  "архів", "αρχείο", "αρχειοθήκη", "arşiv", "arxiu", "artxiboa", "arhiiv", "arhīvs", "archyvas", "arsip", "lưu trữ",
  "归档", "存档", "封存", "アーカイブ", "보관함", "보관 편지함", "เก็บถาวร", "ארכיון", "الأرشيف", "أرشيف", "بایگانی",
  "archivado", "archivált", "arquivar", "arquivo morto", "보관", NULL
};

static const struct
{
  MailRole role;
  const char *name;
  const char *use;
  const char *const *names;
} roles[] = {
  { MAIL_ROLE_DRAFTS, "Drafts", "\\Drafts", drafts }, { MAIL_ROLE_SENT, "Sent", "\\Sent", sent },          { MAIL_ROLE_JUNK, "Junk", "\\Junk", junk },
  { MAIL_ROLE_TRASH, "Trash", "\\Trash", trash },     { MAIL_ROLE_ARCHIVE, "Archive", "\\Archive", archive },
};

MailRole
sync_imap_roles_guess (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *leaf = slash ? slash + 1 : path;
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;

  if (slash && !(slash == path + strlen ("INBOX") && g_ascii_strncasecmp (path, "INBOX", strlen ("INBOX")) == 0))
    return MAIL_ROLE_NONE;
  normal = g_utf8_normalize (leaf, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = normal ? g_utf8_casefold (normal, -1) : NULL;
  for (gsize i = 0; folded && i < G_N_ELEMENTS (roles); i++)
    for (const char *const *name = roles[i].names; *name; name++)
      {
        g_autofree char *known = g_utf8_casefold (*name, -1);

        if (g_str_equal (known, folded))
          return roles[i].role;
      }
  return MAIL_ROLE_NONE;
}

const char *
sync_imap_roles_get_name (MailRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return roles[i].name;
  return NULL;
}

const char *
sync_imap_roles_get_use (MailRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return roles[i].use;
  return NULL;
}
